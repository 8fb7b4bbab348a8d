import { assert, integer, nat, property, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isReference, makeReference, readReference } from '../../../src/core/case/reference.ts';

const references = uint8Array({ minLength: 7, maxLength: 7 }).map((bytes) => makeReference(() => bytes));
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

describe('a reference', () => {
  it('has eight characters, none of which looks like another', () => {
    assert(property(references, (text) => /^[0-9A-HJKMNP-TV-Z]{8}$/.test(text)));
  });

  it('reads as itself, however it is typed', () => {
    assert(
      property(references, (text) => {
        const spoken = text.replaceAll('0', 'o').replaceAll('1', 'l').toLowerCase();
        for (const typed of [text, text.toLowerCase(), ` ${text.slice(0, 4)} - ${text.slice(4)} `, spoken]) {
          expect(readReference(typed)).toBe(text);
        }
        expect(readReference(text.split('').join('–'))).toBe(text);
      }),
    );
  });

  it('with one wrong character is none', () => {
    assert(
      property(references, nat(7), integer({ min: 1, max: 31 }), (text, at, by) => {
        const other = ALPHABET[(ALPHABET.indexOf(text[at] ?? '') + by) % 32] ?? '';
        expect(isReference(text.slice(0, at) + other + text.slice(at + 1))).toBe(false);
      }),
    );
  });

  it('with two characters exchanged is none', () => {
    assert(
      property(references, nat(7), nat(7), (text, a, b) => {
        const letters = text.split('');
        [letters[a], letters[b]] = [letters[b] ?? '', letters[a] ?? ''];
        expect(isReference(letters.join(''))).toBe(text[a] === text[b]);
      }),
    );
  });

  it('is not found in other words', () => {
    for (const text of ['', 'help', 'मदद', 'abcdefg', 'abcdefghi', '@@@@@@@@', ' '.repeat(1e6)]) {
      expect(readReference(text)).toBeNull();
    }
  });
});
