import { describe, expect, it } from 'vitest';
import { urgentMatcher } from '../../src/router/urgent.ts';

const rings = urgentMatcher([
  '=urgent',
  '=अर्जेंट',
  'ಕೊಲ್ಲುತ್ತಾರೆ',
  'suicide',
  'jaan khatre mein',
  'they will kill him',
]);

describe('a phrase of danger', () => {
  it.each([
    'URGENT',
    'urgent!!',
    'urgent pls help',
    'URGENT he is at the zero line and cannot speak',
    'अर्जेंट',
    'ಅವರು ಕೊಲ್ಲುತ್ತಾರೆ',
    'avaru kolluttare',
    'he speaks of suicide every day',
    'जान खतरे में',
    'uski jaan bhi khatre mein hai',
    'they will surely kill him',
  ])('is heard: %s', (text) => {
    expect(rings(text)).toBe(true);
  });

  it.each([
    'third urgent mail and no reply from your side',
    'Urgent reply is needed about the visa',
    'I NEED THE PASSPORT FORM IN AN URGENT WAY PLEASE',
    'ಯಾವ ಸರ್ಟಿಫಿಕೇಟ್ ಕೇಳ್ತಾರೆ',
    'they will ask him',
    'jaan pehchaan ka agent',
  ])('is not heard where it is not said: %s', (text) => {
    expect(rings(text)).toBe(false);
  });
});

describe('a phrase of danger that is denied', () => {
  const heard = urgentMatcher(
    [
      'in danger now',
      'dangr now',
      'he is in danger',
      'jaan ka khatra',
      'khatre mein hai',
      'they will kill him',
      'bacha lo',
      'jeena nahi chahta',
    ],
    {
      isNegation: (word) => ['nahi', 'nhi', 'not', 'no', 'नहीं'].includes(word),
      isDanger: (word) => ['danger', 'dangr', 'khatra', 'khatre', 'खतरा'].includes(word),
    },
  );

  it.each([
    'nobody is in danger now',
    'he is not in danger',
    'not in danger now',
    'no danger now',
    'jaan ka khatra nahi hai',
    'वो खतरे में नहीं है',
    'wo khatre mein nahi hai',
    'they will not kill him',
  ])('does not ring: %s', (text) => {
    expect(heard(text)).toBe(false);
  });

  it.each([
    'no, he is in danger',
    'jaan ka khatra, nahi to bhaag jata',
    'koi nahi sunta, jaan ka khatra hai',
    'no help, they will kill him',
    'he is in danger, not safe',
    'bacha na lo',
    'jeena nahi chahta',
    'not safe, he is in danger',
  ])('rings where something else is denied: %s', (text) => {
    expect(heard(text)).toBe(true);
  });
});
