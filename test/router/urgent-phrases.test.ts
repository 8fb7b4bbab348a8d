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
