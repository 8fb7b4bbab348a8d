import type { types } from '@slack/bolt';
import { FORMS } from '../blocks/action-ids.ts';
import { literal } from '../blocks/rich-text.ts';

/** A small window with a few words for one person. */
export const noticeView = (text: string, title = 'Helpline'): types.ModalView => ({
  type: 'modal',
  callback_id: FORMS.notice,
  title: { type: 'plain_text', text: title },
  close: { type: 'plain_text', text: 'Close' },
  blocks: literal(text),
});
