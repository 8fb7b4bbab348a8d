/** Who the sandbox's one app and one workspace are. */
export const team = { id: 'T0SANDBOX', name: 'Helpline Sandbox', domain: 'helpline-sandbox' };
export const app = {
  id: 'A0HELPLINE',
  user: 'UHELPLINE',
  bot: 'B0HELPLINE',
  name: 'Helpline',
  username: 'helpline',
};
/** Slack's own voice, for what Slack itself tells a person. */
export const slackbot = 'USLACKBOT';
/** The legacy token in every payload; the signature is what counts. */
export const verificationToken = 'sandbox-verification-token';
