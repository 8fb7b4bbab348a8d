import { checkKinds, checkShape } from './platform-facts/check-shape.ts';
import { TELEGRAM_METHODS } from './platform-facts/telegram-methods.ts';
import { TELEGRAM_SHAPES } from './platform-facts/telegram-shapes.ts';

/** What is wrong with a Bot API call: method, required fields, types, invented fields, lengths. */
export const checkTelegramCall = (method: string, args: Record<string, unknown>): string[] => {
  const known = TELEGRAM_METHODS[method];
  return known ? checkShape(TELEGRAM_SHAPES, method, known.args, args) : [`${method}: no such method`];
};

/** What is wrong with an Update that the sandbox emits. */
export const checkTelegramUpdate = (update: unknown): string[] =>
  checkKinds(TELEGRAM_SHAPES, 'Update', ['Update'], update);

/** What is wrong with the `result` of a call. */
export const checkTelegramResult = (method: string, result: unknown): string[] => {
  const known = TELEGRAM_METHODS[method];
  return known ? checkKinds(TELEGRAM_SHAPES, method, known.returns, result) : [`${method}: no such method`];
};
