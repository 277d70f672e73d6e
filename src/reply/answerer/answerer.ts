import type { Clock } from '../../common/clock';
import type { Profile } from '../../common/profile';
import type { CallContext, Message, Reply, ReplyPiece } from '../../conversations/ports';
import { yesOrNo } from '../../conversations/message/yes-no';
import { answerQuestions, closeAnswer, sameQuestion } from './answer-questions';
import { isQuestion } from './clauses';
import type { Knowledge } from './knowledge';
import { knowledgeOf } from './look-up';
import { meaningsIn } from './meanings';
import { errand, messageWish, takeMessage } from './message-wish';
import { answerToAnnouncement, smallTalkIn, withoutCourtesy } from './small-talk';
import { isLight } from './vocabulary';
import { answerToWhichBusiness } from './which-business';

const OFFERED_MESSAGE =
  /\b(take|leave|pass on) (a |the |your )?message\b[^?]*\?\s*$|\bI can( also)? take a message\.?\s*$/i;
const ASKED_FOR_MORE = /\b(anything else|something else|else i can)\b[^?]*\?\s*$/i;
const MORE = 'Is there anything else I can help you with?';
/** Said after an answer about hours: the time at which it closes then. */
const UNTIL_WHEN = /^(?:(?:and|so|ok|okay|uh|um) )*(?:(?:un)?till? (?:when|what time)|till? when|how late)[.?]*$/i;
const HOURS_TOLD = /\b(open|closed|hours)\b/i;
const FEW_WORDS = 5;
/** Whoever asks for a person or a call gets it, whatever the profile has to say. */
const WANTS_SOMEBODY =
  /\b(message|call|callback|phone|ring|contact|reach|speak|talk|chat|tell|inform|let|connect|transfer|person|human|manager)\b/i;

/**
 * A reply without any model: answers from the profile's facts, hours and questions, else offers to take a message.
 * Costs nothing, waits for nothing, never fails. English.
 */
export function createAnswerer({ clock }: { clock: Clock }): Reply {
  // eslint-disable-next-line @typescript-eslint/require-await -- the port is a stream; this one is ready at once
  return async function* answer(call, signal) {
    signal.throwIfAborted();
    yield* pieces(conversationOf(call), knowledgeOf(call.profile), new Date(clock.now()));
  };
}

interface Conversation {
  profile: Profile;
  said: string;
  /** What the receptionist said just before, and what the caller had said before that. */
  asked: string;
  saidBefore: string;
}

function conversationOf({ profile, messages }: CallContext): Conversation {
  const last = (role: Message['role'], before: number) =>
    messages.slice(0, before).findLastIndex((message) => message.role === role);
  const said = last('user', messages.length);
  const asked = last('assistant', Math.max(said, 0));
  const saidBefore = last('user', Math.max(asked, 0));
  const content = (index: number) => messages[index]?.content.trim() ?? '';
  return { profile, said: content(said), asked: content(asked), saidBefore: content(saidBefore) };
}

function pieces(conversation: Conversation, knowledge: Knowledge, now: Date): ReplyPiece[] {
  return (
    afterOffer(conversation) ??
    smallTalk(conversation) ??
    whichBusiness(conversation) ??
    wish(conversation, knowledge) ??
    withoutSubject(conversation) ??
    toQuestions(conversation, knowledge, now)
  );
}

/** "Yes" or "no" to what was asked just before. */
function afterOffer({ profile, said, asked, saidBefore }: Conversation): ReplyPiece[] | undefined {
  const answer = yesOrNo({ speech: said });
  if (answer === undefined || (isQuestion(said) && hasSubject(said))) return undefined;
  const brief = withoutCourtesy(said).split(' ').length <= FEW_WORDS;
  if (OFFERED_MESSAGE.test(asked)) {
    if (answer === 'yes')
      return [{ kind: 'decision', decision: takeMessage(said, profile.country, saidBefore || undefined) }];
    return brief && smallTalkIn(said) !== 'goodbye' ? words(`Alright. ${MORE}`) : undefined;
  }
  if (!ASKED_FOR_MORE.test(asked) || !brief) return undefined;
  if (answer === 'no') return goodbye(profile);
  return hasSubject(said) ? undefined : words('What can I do for you?');
}

function smallTalk({ profile, said }: Conversation): ReplyPiece[] | undefined {
  switch (smallTalkIn(said)) {
    case 'robot':
      return words(
        `I am the automated assistant of ${profile.businessName}, not a person. I can answer questions and take messages. How can I help you?`,
      );
    case 'goodbye':
      return goodbye(profile);
    case 'thanks':
      return words(`You are welcome. ${MORE}`);
    case 'greeting':
      return words('Hello! How can I help you?');
    case 'anybody':
      return words('Yes, I can hear you. How can I help you?');
    default:
      return undefined;
  }
}

function whichBusiness({ profile, said }: Conversation): ReplyPiece[] | undefined {
  const answer = answerToWhichBusiness(said, profile);
  return answer === undefined ? undefined : words(answer);
}

/** A wish for a message; where the profile has that very question ("I have an emergency"), its answer goes first. */
function wish({ profile, said }: Conversation, knowledge: Knowledge): ReplyPiece[] | undefined {
  const decision = messageWish(said, profile.country);
  const answer = decision && !WANTS_SOMEBODY.test(said) ? closeAnswer(said, { knowledge }) : undefined;
  return answer === undefined ? decision && [{ kind: 'decision', decision }] : words(answer);
}

/** Nothing that could be looked up: noise, or a question that is only announced. */
function withoutSubject({ profile, said }: Conversation): ReplyPiece[] | undefined {
  const announced = hasSubject(said) ? undefined : answerToAnnouncement(said);
  if (announced !== undefined) return words(announced);
  if (meaningsIn(said).length > 0) return undefined;
  return /\b(where|when)\b/i.test(said) ? undefined : words(profile.phrases.notUnderstood);
}

function toQuestions(
  { profile, said, asked, saidBefore }: Conversation,
  knowledge: Knowledge,
  now: Date,
): ReplyPiece[] {
  const question = UNTIL_WHEN.test(said) && HOURS_TOLD.test(asked) ? `${saidBefore} until when` : said;
  const { answers, missing, vague } = answerQuestions(question, { profile, knowledge, now });
  if (answers.length > 0) {
    const rest = missing ? " I don't know about your other question. Shall I take a message about it?" : '';
    return words(answers.join(' ') + rest);
  }
  const decision = errand(said, profile.country);
  if (decision) return [{ kind: 'decision', decision }];
  if (vague) return words('What would you like to know about that? I can also take a message.');
  if (OFFERED_MESSAGE.test(asked) && sameQuestion(said, saidBefore)) {
    return [
      ...words("I'm sorry, I really don't know that, but somebody here will."),
      { kind: 'decision', decision: takeMessage(said, profile.country, said) },
    ];
  }
  return words("I'm sorry, I don't know that. Shall I take a message, so that somebody can call you back?");
}

function goodbye(profile: Profile): ReplyPiece[] {
  return [...words(profile.phrases.goodbye), { kind: 'decision', decision: { kind: 'endCall' } }];
}

function words(text: string): ReplyPiece[] {
  return [{ kind: 'words', text }];
}

function hasSubject(said: string): boolean {
  return meaningsIn(said).some((meaning) => !isLight(meaning));
}
