/** The tokens of the sandbox: of the platforms' shape, worth nothing anywhere else. */
export const telegramToken = '1000000001:SANDBOXSANDBOXSANDBOXSANDBOXSANDBOX';
export const slackBotToken = 'xoxb-sandbox-1000000001-helpline';
export const slackAppToken = 'xapp-sandbox-1000000001-helpline';
export const slackSigningSecret = 'sandbox-signing-secret-0000000001';
export const slackTriageChannel = 'C0TRIAGE';
