import { z } from 'zod';

const text = z.string().nullish();
const told = z.object({
  data: z.object({
    business: z.string(),
    name: text,
    number: text,
    reason: text,
    partial: z.boolean().nullish(),
    voicemail: z.object({ seconds: z.number() }).nullish(),
    answers: z.array(z.object({ question: z.string(), answer: z.string() })).nullish(),
    link: text,
  }),
});

/** A message as an event tells of it. */
export type ToldMessage = z.infer<typeof told>['data'];

/** A text of more characters is sent, and paid for, in several pieces. */
const LONGEST_TEXT = 640;

/** The message in an event's body. */
export const readTold = (body: string): ToldMessage => told.parse(JSON.parse(body)).data;

/** Header fields are one line; nodemailer encodes the rest. */
export const oneLine = (words: string): string => words.replace(/\s+/g, ' ').slice(0, 150);

const reasonOf = ({ reason, voicemail }: ToldMessage) =>
  reason ?? (voicemail ? `A voicemail of ${voicemail.seconds} s.` : 'No reason was given.');

/** The words of a letter. */
export function messageWords(message: ToldMessage): string {
  const { name, number, partial, answers, link } = message;
  return [
    reasonOf(message),
    '',
    `From: ${name ?? 'no name given'}, ${number ?? 'no number to call back'}`,
    ...(answers ?? []).map(({ question, answer }) => `${question} ${answer}`),
    ...(partial ? ['The caller hung up before the message was finished.'] : []),
    ...(link ? ['', link] : []),
  ].join('\n');
}

/** The words of a text: the link stays whole, the message is cut where it is too long. */
export function textWords(message: ToldMessage): string {
  const { business, name, number, link } = message;
  const head = `${business}: ${name ?? 'a caller'}, ${number ?? 'no number'}: `;
  const room = LONGEST_TEXT - head.length - (link ? link.length + 1 : 0);
  const words = reasonOf(message).replace(/\s+/g, ' ');
  const cut = words.length > room ? `${words.slice(0, Math.max(0, room - 1))}…` : words;
  return `${head}${cut}${link ? ` ${link}` : ''}`;
}
