import type { Settings } from '../settings/settings';
import type { Telephony } from '../telephony/telephony';

const STATE = 'trial_account';

/** Whether the Twilio account in use is on trial, as Twilio said last. */
export interface Trial {
  onTrial(): boolean;
  /** What Twilio said of an account just now. */
  remember(accountSid: string, trial: boolean): Promise<void>;
  /** Asks Twilio about credentials that were never checked on the page. Never rejects. */
  learn(): Promise<void>;
}

/** Keeps in mind whether an account is on trial. Until Twilio has said so, it is not. */
export function createTrial(settings: Settings, telephony: Telephony): Trial {
  const known = () => settings.state(STATE) as { accountSid: string; trial: boolean } | undefined;
  const remember = (accountSid: string, trial: boolean) => settings.setState(STATE, { accountSid, trial });
  return {
    remember,
    onTrial: () => known()?.trial === true && known()?.accountSid === settings.twilio()?.accountSid,
    async learn() {
      const credentials = settings.twilio();
      if (!credentials || known()?.accountSid === credentials.accountSid) return;
      const facts = await telephony.accountFacts(credentials);
      if (facts.ok) await remember(credentials.accountSid, facts.trial);
    },
  };
}
