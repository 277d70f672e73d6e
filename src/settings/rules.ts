import { rulesSchema, type Rules } from '../common/rules';
import type { Changes } from './changes';
import type { SmallValues } from './small-values';

const RULES = 'rules';

/** What was wrong with rules that were to be saved. */
export interface RulesProblem {
  field: string;
  problem: string;
}

/** The rules in use. */
export interface OwnersRules {
  rules(): Rules;
  /** Checks and keeps rules; nothing is changed where something is wrong. */
  saveRules(input: unknown): Promise<{ ok: true } | { ok: false; problems: RulesProblem[] }>;
}

/** The owner's rules, kept among the small values. */
export function createRules(small: SmallValues, changes: Changes): OwnersRules {
  let rules = rulesSchema.safeParse(small.get(RULES) ?? {}).data ?? rulesSchema.parse({});
  return {
    rules: () => rules,
    async saveRules(input) {
      const read = rulesSchema.safeParse(input);
      if (!read.success) return { ok: false, problems: read.error.issues.map(problemOf) };
      await changes.inTurn(async () => {
        await small.set(RULES, read.data);
        rules = read.data;
      });
      return { ok: true };
    },
  };
}

const problemOf = ({ path, message }: { path: PropertyKey[]; message: string }): RulesProblem => ({
  field: path.filter((part) => typeof part === 'string').join('.'),
  problem: message,
});
