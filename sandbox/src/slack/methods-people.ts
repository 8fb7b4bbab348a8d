import { z } from 'zod';
import { app, team } from './identity.ts';
import { flag, method } from './methods.ts';
import type { Method } from './methods.ts';
import { userObject } from './people.ts';
import { SlackError } from './slack-error.ts';

/** Users, and the app itself. */
export const peopleMethods = (baseUrl: () => string): Record<string, Method> => ({
  'auth.test': method('special', z.strictObject({}), () => ({
    url: `${baseUrl()}/`,
    team: team.name,
    user: app.username,
    team_id: team.id,
    user_id: app.user,
    bot_id: app.bot,
    is_enterprise_install: false,
  })),
  'users.info': method(
    't4',
    z.strictObject({ user: z.string(), include_locale: flag.optional() }),
    ({ people }, args) => {
      const person = people.get(args.user);
      if (!person) throw new SlackError('user_not_found');
      return { user: userObject(person) };
    },
  ),
});
