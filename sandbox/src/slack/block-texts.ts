import { z } from 'zod';

/** The composition objects of Block Kit, with Slack's own lengths (docs.slack.dev, Block Kit reference). */

export const plainText = (max: number) =>
  z.strictObject({
    type: z.literal('plain_text'),
    text: z.string().min(1).max(max),
    emoji: z.boolean().default(true),
  });

export const mrkdwnText = (max: number) =>
  z.strictObject({
    type: z.literal('mrkdwn'),
    text: z.string().min(1).max(max),
    verbatim: z.boolean().default(false),
  });

export const anyText = (max: number) => z.discriminatedUnion('type', [plainText(max), mrkdwnText(max)]);

/** Given by the app, or made up by Slack when it is left out. */
export const blockId = z.string().min(1).max(255).optional();
export const actionId = z.string().min(1).max(255).optional();

export const webAddress = z.url().max(3000);
export const colour = z.enum(['primary', 'danger']);

export const confirmDialog = z.strictObject({
  title: plainText(100),
  text: anyText(300),
  confirm: plainText(30),
  deny: plainText(30),
  style: colour.optional(),
});

const value = z.string().min(1).max(150);

export const plainOption = z.strictObject({
  text: plainText(75),
  value,
  description: plainText(75).optional(),
});

/** Radio buttons and checkboxes may have formatted labels. */
export const richOption = z.strictObject({
  text: anyText(75),
  value,
  description: anyText(75).optional(),
});

export const optionGroup = z.strictObject({
  label: plainText(75),
  options: z.array(plainOption).min(1).max(100),
});
