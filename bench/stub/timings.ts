/** A request to the model, by the stub's clock (ms): its receipt, and when each token went out. */
export interface ModelTiming {
  model: string;
  receivedAt: number;
  tokens: string[];
  sentAt: number[];
  aborted: boolean;
}

/** A request for speech, by the stub's clock (ms), and where in the reply its text stands. */
export interface SpeechTiming {
  text: string;
  position: number;
  receivedAt: number;
  sentAt?: number;
}

/** What the upstreams did in one turn. `speech` that is under way has no `sentAt` yet. */
export interface TurnTimings {
  model: ModelTiming[];
  speech: SpeechTiming[];
}

/** How many turns are remembered. */
const KEPT = 20_000;
/** Speech is looked for in so many turns. */
const RECENT = 1_500;

interface Kept extends TurnTimings {
  text: string;
  draw: string;
}

/** A turn that is asked for: its name, what is answered, and the name of its draw. */
export interface AskedTurn {
  key: string;
  text: string;
  draw: string;
}

/** The stub's memory of turns, by their key. */
export function createTimings() {
  const turns = new Map<string, Kept>();
  const recent: Kept[] = [];
  const remember = ({ key, text, draw }: AskedTurn): Kept => {
    const turn: Kept = { text, draw, model: [], speech: [] };
    turns.set(key, turn);
    recent.unshift(turn);
    if (recent.length > RECENT) recent.pop();
    for (const old of turns.keys()) {
      if (turns.size <= KEPT) break;
      turns.delete(old);
    }
    return turn;
  };
  return {
    /** Keeps a request to the model. */
    model(asked: AskedTurn, timing: ModelTiming): void {
      (turns.get(asked.key) ?? remember(asked)).model.push(timing);
    },
    /** A request for speech; whose it is, its text tells. The draw of a turn is the same for all who ask it. */
    speech(text: string, receivedAt: number): { timing: SpeechTiming; draw: string } {
      const turn = recent.find((each) => each.text.includes(text));
      const timing = { text, position: turn?.text.indexOf(text) ?? -1, receivedAt };
      turn?.speech.push(timing);
      return { timing, draw: `${turn?.draw ?? text} ${timing.position}` };
    },
    of(key: string): TurnTimings | undefined {
      const turn = turns.get(key);
      return turn && { model: turn.model, speech: turn.speech };
    },
  };
}

export type Timings = ReturnType<typeof createTimings>;
