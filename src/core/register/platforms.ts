/** What a register is for: one bot, and one channel of the desk. Nothing secret. */
export type Platforms = {
  /** True for the emulated platforms of the sandbox, which reach nobody. */
  demo: boolean;
  /** The digits before the colon of the bot's token. */
  bot: string;
  /** Id of the desk's channel. */
  channel: string;
};
