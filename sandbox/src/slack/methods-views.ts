import { z } from 'zod';
import { json, method } from './methods.ts';
import type { Method } from './methods.ts';
import { homeObject, viewObject } from './modals.ts';
import { SlackError, complaints } from './slack-error.ts';
import { homeView, maxViewBytes, modalView } from './view-schema.ts';

/** A view, as the app sent it. Throws view_too_large and invalid_arguments. */
export const readView = <S extends z.ZodType>(schema: S, given: unknown): z.infer<S> => {
  if (Buffer.byteLength(JSON.stringify(given ?? null)) > maxViewBytes) throw new SlackError('view_too_large');
  const read = schema.safeParse(given, { reportInput: true });
  if (!read.success) throw new SlackError('invalid_arguments', complaints(read.error, '/view'));
  return read.data;
};

const view = { view: json };
const byTrigger = z.strictObject({ ...view, trigger_id: z.string() });
const hash = { hash: z.string().optional() };

export const viewMethods: Record<string, Method> = {
  'views.open': method('t4', byTrigger, ({ modals, triggers }, args) => {
    const asked = readView(modalView, args.view);
    return { view: viewObject(modals.open(triggers.exchange(args.trigger_id), asked)) };
  }),
  'views.push': method('t4', byTrigger, ({ modals, triggers }, args) => {
    const asked = readView(modalView, args.view);
    return { view: viewObject(modals.push(triggers.exchange(args.trigger_id), asked)) };
  }),
  'views.update': method(
    't4',
    z.strictObject({
      ...view,
      ...hash,
      view_id: z.string().optional(),
      external_id: z.string().optional(),
    }),
    ({ modals }, args) => {
      const asked = readView(modalView, args.view);
      const found = args.view_id || args.external_id ? modals.find(args) : undefined;
      if (!found) throw new SlackError('not_found');
      return { view: viewObject(modals.replace(found.user, found.modal.id, asked, args.hash)) };
    },
  ),
  'views.publish': method(
    't4',
    z.strictObject({ ...view, ...hash, user_id: z.string() }),
    ({ modals, people }, args) => {
      const person = people.get(args.user_id);
      if (!person || person.deleted)
        throw new SlackError('invalid_arguments', ['[ERROR] invalid `user_id` [json-pointer:/user_id]']);
      const asked = readView(homeView, args.view);
      return { view: homeObject(modals.publish(person.id, asked, args.hash)) };
    },
  ),
};
