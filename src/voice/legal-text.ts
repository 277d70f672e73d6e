/** XML 1.0 cannot hold these, not even escaped: a webhook must never fail for a word. */
const ILLEGAL_IN_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;

/** Text that any document can hold. */
export const withoutIllegal = (text: string): string => text.replace(ILLEGAL_IN_XML, '');
