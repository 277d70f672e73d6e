/** Words by which a reply claims, or may claim, that something was done for the caller or will be. */
const CLAIMS =
  /\b(?:messages?|noted|tak(?:en|ing)|took|wr(?:ote|itten)|pass(?:ed|ing)?|forwarded|sent|let \w+ know|tell (?:him|her|them)|call(?:ed)? you back|booked|reserved|scheduled|arranged|confirm(?:ed)?|transfer\w*|put(?:ting)? you through|connect(?:ed|ing)?)\b/i;

/** Whether these words of a model wait until it is known what it has decided: they may have to be taken back. */
export const mayBeClaim = (text: string): boolean => CLAIMS.test(text);
