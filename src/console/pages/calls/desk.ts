import type { Refusal } from '../../answers';
import type {
  CallFilter,
  CallersTraces,
  Forgotten,
  KeptMessage,
  ListedCall,
  MessageFilter,
  OpenQuestion,
  WrittenCall,
} from '../../../common/call-record';

import type { FiguresDesk } from '../figures/desk';

/** The call book, as the pages and the API read it. */
export interface CallDesk extends FiguresDesk {
  search(filter: CallFilter): Promise<ListedCall[]>;
  /** Undefined when the book has no call of this sid. */
  read(sid: string): Promise<WrittenCall | undefined>;
  messages(filter: MessageFilter): Promise<KeptMessage[]>;
  newMessages(): Promise<number>;
  /** Undefined when there is no message of this id. */
  markMessage(id: string, state: 'new' | 'done'): Promise<KeptMessage | undefined>;
  /** Places a call, or says why not. */
  place(wanted: {
    to: unknown;
    reason: unknown;
  }): Promise<{ ok: true; id: string; callSid: string } | ({ ok: false } & Refusal)>;
  /** Ends a call at Twilio. */
  endAtTwilio(sid: string): Promise<{ ok: true } | ({ ok: false } & Refusal)>;
  /** Which of these clips of replies can still be heard. */
  soundsHere(names: readonly string[]): Promise<ReadonlySet<string>>;
  /** The path of a voicemail's file; undefined when it is not here. */
  voicemailFile(sid: string): Promise<string | undefined>;
  /** Fetches a voicemail again that was given up. False when there is none. */
  fetchAgain(sid: string): Promise<boolean>;
  /** How much the book has of the caller with a number in E.164 form. */
  aboutCaller(number: string): Promise<CallersTraces>;
  /** Removes all of it for good. */
  forgetCaller(number: string): Promise<Forgotten>;
  openQuestions(): Promise<OpenQuestion[]>;
  /** Takes a question off the list; gives its words, undefined when there is none. */
  settleQuestion(id: number): Promise<string | undefined>;
  /** Tells a listener that something in the book has changed; gives the way to stop. */
  onChange(listener: () => void): () => void;
}
