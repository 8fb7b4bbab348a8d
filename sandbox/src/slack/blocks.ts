import { z } from 'zod';
import { accessoryElement, actionElement, imageElement, inputElement } from './block-elements.ts';
import type { Element } from './block-elements.ts';
import { anyText, blockId, mrkdwnText, plainText, webAddress } from './block-texts.ts';
import { richTextBlock } from './rich-text-block.ts';

const common = { block_id: blockId };

const section = z
  .strictObject({
    type: z.literal('section'),
    ...common,
    text: anyText(3000).optional(),
    fields: z.array(anyText(2000)).min(1).max(10).optional(),
    accessory: accessoryElement.optional(),
    expand: z.boolean().optional(),
  })
  .refine((block) => block.text !== undefined || block.fields !== undefined, 'text or fields is needed');

const block = z.discriminatedUnion('type', [
  section,
  z.strictObject({ type: z.literal('header'), ...common, text: plainText(150) }),
  z.strictObject({ type: z.literal('divider'), ...common }),
  z.strictObject({
    type: z.literal('context'),
    ...common,
    elements: z
      .array(z.discriminatedUnion('type', [plainText(3000), mrkdwnText(3000), imageElement]))
      .min(1)
      .max(10),
  }),
  z.strictObject({ type: z.literal('actions'), ...common, elements: z.array(actionElement).min(1).max(25) }),
  z.strictObject({
    type: z.literal('image'),
    ...common,
    image_url: webAddress,
    alt_text: z.string().min(1).max(2000),
    title: plainText(2000).optional(),
  }),
  z.strictObject({
    type: z.literal('input'),
    ...common,
    label: plainText(2000),
    element: inputElement,
    hint: plainText(2000).optional(),
    optional: z.boolean().default(false),
    dispatch_action: z.boolean().default(false),
  }),
  z.strictObject({ type: z.literal('markdown'), ...common, text: z.string().min(1).max(12_000) }),
  richTextBlock,
]);

export type Block = z.infer<typeof block>;

/** A block's usable elements, pictures left out. */
export const elementsOf = (block: Block): Element[] => {
  if (block.type === 'actions') return block.elements;
  if (block.type === 'input') return [block.element];
  if (block.type === 'section' && block.accessory && block.accessory.type !== 'image')
    return [block.accessory];
  return [];
};

/** At most `max` blocks, block_ids unique among them and action_ids unique within each, as Slack wants it. */
const blockList = (max: number) =>
  z
    .array(block)
    .max(max)
    .superRefine((blocks, context) => {
      const seen = new Set<string>();
      let focused = 0;
      for (const [index, block] of blocks.entries()) {
        if (block.block_id !== undefined && seen.has(block.block_id))
          context.addIssue({
            code: 'custom',
            path: [index, 'block_id'],
            message: `block_id ${block.block_id} already exists`,
          });
        if (block.block_id !== undefined) seen.add(block.block_id);
        const actions = elementsOf(block).flatMap((element) => element.action_id ?? []);
        if (new Set(actions).size < actions.length)
          context.addIssue({ code: 'custom', path: [index], message: 'action_id already exists' });
        focused += elementsOf(block).filter(
          (element) => 'focus_on_load' in element && element.focus_on_load,
        ).length;
      }
      if (focused > 1)
        context.addIssue({ code: 'custom', message: 'only one element may have focus_on_load' });
    });

export const messageBlocks = blockList(50);
export const viewBlocks = blockList(100);

/** Fills in the ids that the app left out, as Slack does; gives a copy. */
export const withIds = (blocks: Block[], newId: () => string): Block[] => {
  const copy = structuredClone(blocks);
  for (const block of copy) {
    block.block_id ??= newId();
    for (const element of elementsOf(block)) element.action_id ??= newId();
  }
  return copy;
};
