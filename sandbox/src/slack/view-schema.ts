import { z } from 'zod';
import { viewBlocks, withIds } from './blocks.ts';
import { plainText } from './block-texts.ts';

const common = {
  blocks: viewBlocks,
  callback_id: z.string().max(255).default(''),
  private_metadata: z.string().max(3000).default(''),
  external_id: z.string().max(255).default(''),
};

/** A modal, as an app opens it. */
export const modalView = z
  .strictObject({
    type: z.literal('modal'),
    ...common,
    title: plainText(24),
    submit: plainText(24).optional(),
    close: plainText(24).optional(),
    clear_on_close: z.boolean().default(false),
    notify_on_close: z.boolean().default(false),
    submit_disabled: z.boolean().optional(),
  })
  .superRefine((view, context) => {
    if (view.submit === undefined && view.blocks.some((block) => block.type === 'input'))
      context.addIssue({ code: 'custom', path: ['submit'], message: 'a modal with inputs needs submit' });
    if (view.blocks.some((block) => block.type === 'markdown'))
      context.addIssue({ code: 'custom', path: ['blocks'], message: 'markdown is for messages only' });
  });

/** What `views.publish` puts on a person's Home tab. */
export const homeView = z.strictObject({ type: z.literal('home'), ...common });

export type ModalView = z.infer<typeof modalView>;
export type HomeView = z.infer<typeof homeView>;

export const viewWithIds = <V extends ModalView | HomeView>(view: V, newId: () => string): V => ({
  ...view,
  blocks: withIds(view.blocks, newId),
});

/** Slack's limit on a view, in bytes of JSON. */
export const maxViewBytes = 250_000;
