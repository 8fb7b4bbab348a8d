/**
 * Any Indic script or Urdu, letter by letter, as the Latin letters people type for it. The nine Brahmic blocks share
 * one layout (ISCII), so one table read at `codePoint & 0x7f` serves them all.
 */
export function romanise(word: string): string {
  const first = word.codePointAt(0) ?? 0;
  if (first < 0x250) return word.normalize('NFD').replace(/[\u0300-\u036f]/g, '');
  if (first >= 0x600 && first <= 0x6ff) return romaniseUrdu(word);
  if (first >= 0x900 && first <= 0xd7f) return romaniseBrahmic(word);
  return word;
}

const DEVANAGARI = 0x900;
const BENGALI = 0x980;
const GURMUKHI = 0xa00;
const TAMIL = 0xb80;
const MALAYALAM = 0xd00;
/** Scripts whose inherent vowel is silent at the end of a word and often inside it. */
const DROPS_SCHWA = new Set([DEVANAGARI, BENGALI, GURMUKHI, 0xa80]);

/** Scripts in which the nasal mark at the end of a word is an m: Telugu, Kannada, Malayalam. */
const ENDS_IN_M = new Set([0xc00, 0xc80, MALAYALAM]);

const VOWELS = ['a', 'aa', 'i', 'ee', 'u', 'oo', 'ri', 'l', 'e', 'e', 'e', 'ai', 'o', 'o', 'o', 'au'];
const CONSONANTS = [
  'k',
  'kh',
  'g',
  'gh',
  'ng',
  'ch',
  'chh',
  'j',
  'jh',
  'ny',
  't',
  'th',
  'd',
  'dh',
  'n',
  't',
  'th',
  'd',
  'dh',
  'n',
  'n',
  'p',
  'ph',
  'b',
  'bh',
  'm',
  'y',
  'r',
  'r',
  'l',
  'l',
  'zh',
  'v',
  'sh',
  'sh',
  's',
  'h',
];
const VOWEL_SIGNS = ['aa', 'i', 'ee', 'u', 'oo', 'ri', 'ri', 'e', 'e', 'e', 'ai', 'o', 'o', 'o', 'au'];
const WITH_NUKTA = new Map([
  ['k', 'q'],
  ['kh', 'kh'],
  ['g', 'g'],
  ['j', 'z'],
  ['d', 'r'],
  ['dh', 'rh'],
  ['ph', 'f'],
  ['y', 'y'],
  ['s', 'sh'],
]);
const CHILLU = ['n', 'n', 'r', 'l', 'l', 'k'];

type Sound = { letters: string; vowel: string; silent: boolean };

function romaniseBrahmic(word: string): string {
  const block = (word.codePointAt(0) ?? 0) & ~0x7f;
  const sounds: Sound[] = [];
  const inherent = block === BENGALI ? 'o' : 'a';
  for (const char of word) {
    const code = char.codePointAt(0) ?? 0;
    const at = code & 0x7f;
    const last = sounds.at(-1);
    if ((code & ~0x7f) !== block) sounds.push({ letters: romanise(char), vowel: '', silent: true });
    else if (at === 0x01 || at === 0x02 || at === 0x70)
      sounds.push({ letters: 'n', vowel: '', silent: true });
    else if (at === 0x03) sounds.push({ letters: 'h', vowel: '', silent: true });
    else if (at >= 0x05 && at <= 0x14)
      sounds.push({ letters: '', vowel: VOWELS[at - 0x05] ?? '', silent: true });
    else if (at >= 0x15 && at <= 0x39)
      sounds.push({ letters: consonant(block, at, sounds.length === 0), vowel: inherent, silent: false });
    else if (at === 0x3c && last) last.letters = withNukta(block, last.letters);
    else if (at >= 0x3e && at <= 0x4c && last) Object.assign(last, { vowel: joined(last, at), silent: true });
    else if (at === 0x4d && last) Object.assign(last, { vowel: '', silent: true });
    else if (at === 0x57 && last) last.vowel = 'au';
    else if (block === BENGALI && at === 0x4e) sounds.push({ letters: 't', vowel: '', silent: true });
    else if (block === MALAYALAM && at >= 0x7a)
      sounds.push({ letters: CHILLU[at - 0x7a] ?? '', vowel: '', silent: true });
    else if (at >= 0x58 && at <= 0x5f)
      sounds.push({
        letters: withNukta(block, ['k', 'kh', 'g', 'j', 'd', 'dh', 'ph', 'y'][at - 0x58] ?? ''),
        vowel: inherent,
        silent: false,
      });
  }
  const final = sounds.at(-1);
  if (final && ENDS_IN_M.has(block) && word.endsWith(String.fromCodePoint(block + 0x02))) final.letters = 'm';
  if (DROPS_SCHWA.has(block)) dropSchwas(sounds);
  return (block === TAMIL ? voiced(sounds) : sounds).map((sound) => sound.letters + sound.vowel).join('');
}

/** The flap is typed as d in Hindi (sadak, padhna), as r in Bengali and Punjabi. */
function withNukta(block: number, letters: string): string {
  if (block === DEVANAGARI && /^dh?$/.test(letters)) return letters;
  return WITH_NUKTA.get(letters) ?? letters;
}

function consonant(block: number, at: number, initial: boolean): string {
  if (block === BENGALI && at === 0x2f && initial) return 'j';
  if (block >= TAMIL && at === 0x24) return 'th';
  return CONSONANTS[at - 0x15] ?? '';
}

/** A two-part vowel sign (e + aa = o) arrives as two marks when it isn't composed. */
function joined(sound: Sound, at: number): string {
  const sign = VOWEL_SIGNS[at - 0x3e] ?? '';
  return sound.silent && sound.vowel === 'e' && sign === 'aa' ? 'o' : sign;
}

function dropSchwas(sounds: Sound[]): void {
  const final = sounds.at(-1);
  if (final && !final.silent && sounds.length > 1) Object.assign(final, { vowel: '', silent: true });
  for (let i = sounds.length - 2; i > 0; i--) {
    const here = sounds[i];
    const before = sounds[i - 1];
    const after = sounds[i + 1];
    if (!here || here.silent || !before?.vowel || !after?.vowel || !after.letters) continue;
    Object.assign(here, { vowel: '', silent: true });
  }
}

const VOICED = new Map([
  ['k', 'g'],
  ['t', 'd'],
  ['p', 'b'],
  ['ch', 's'],
  ['th', 'dh'],
]);

/** Tamil writes k/g, t/d, p/b, ch/s with one letter: voiced between vowels and after a nasal. */
function voiced(sounds: Sound[]): Sound[] {
  return sounds.map((sound, i) => {
    const soft = VOICED.get(sound.letters);
    const before = sounds[i - 1];
    const doubled =
      before?.letters === sound.letters || (!sound.vowel && sounds[i + 1]?.letters === sound.letters);
    if (!soft || !before || doubled) return sound;
    const nasal = !before.vowel && /^(n|ng|ny|m)$/.test(before.letters);
    if (sound.letters === 'ch') return { ...sound, letters: nasal ? 'j' : 's' };
    return before.vowel || nasal ? { ...sound, letters: soft } : sound;
  });
}

const URDU = new Map(
  Object.entries({
    ا: 'a',
    آ: 'aa',
    أ: 'a',
    إ: 'i',
    ب: 'b',
    پ: 'p',
    ت: 't',
    ٹ: 't',
    ث: 's',
    ج: 'j',
    چ: 'ch',
    ح: 'h',
    خ: 'kh',
    د: 'd',
    ڈ: 'd',
    ذ: 'z',
    ر: 'r',
    ڑ: 'd',
    ز: 'z',
    ژ: 'zh',
    س: 's',
    ش: 'sh',
    ص: 's',
    ض: 'z',
    ط: 't',
    ظ: 'z',
    ع: 'a',
    غ: 'gh',
    ف: 'f',
    ق: 'q',
    ک: 'k',
    ك: 'k',
    گ: 'g',
    ل: 'l',
    م: 'm',
    ن: 'n',
    ں: 'n',
    ہ: 'h',
    ه: 'h',
    ھ: 'h',
    ۃ: 't',
    ة: 't',
    ے: 'e',
    ۓ: 'e',
    ئ: 'i',
    ؤ: 'o',
    '\u064e': 'a',
    '\u0650': 'i',
    '\u064f': 'u',
    '\u064b': 'an',
  }),
);
const URDU_VOWEL = /[اآأیيےوؤئ]/;

function romaniseUrdu(word: string): string {
  let out = '';
  for (let i = 0; i < word.length; i++) {
    const char = word[i] ?? '';
    const next = word[i + 1] ?? '';
    if (i === 0 && word.startsWith('اسٹ')) continue;
    if (/[ہهح]/.test(char) && next && /[^aeiou]$/.test(out)) out += 'ah';
    else if (char === 'و') out += i === 0 || /[اآی]/.test(next) ? 'v' : 'o';
    else if (char === 'ی' || char === 'ي' || char === 'ى') out += i === 0 || /[اآو]/.test(next) ? 'y' : 'i';
    else if (char !== 'ا' || i > 0 || !URDU_VOWEL.test(next)) out += URDU.get(char) ?? '';
  }
  return out;
}
