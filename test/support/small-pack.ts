import type { RouterPack } from '../../src/router/router-pack.ts';

const said = (language: string, texts: string[]): { text: string; language: string }[] =>
  texts.map((text) => ({ text, language }));

/** A handful of intents, enough to see the router decide. */
export const smallPack: RouterPack = {
  intents: [
    {
      id: 'emergency-now',
      kind: 'urgent',
      examples: [
        ...said('en', [
          'please save us we are being shelled',
          'they are going to kill him today',
          'he is in danger right now',
          'they are beating my husband with rifles',
          'he was ordered to the front line tonight, save him',
          'he says he will die tomorrow',
          'bombs are falling where they sleep',
        ]),
        ...said('hi-Latn', ['bachao usko maar denge', 'jaan ka khatra hai abhi', 'usko goli maar denge']),
        ...said('hi', ['उसकी जान खतरे में है', 'उसे मार देंगे बचा लो', 'अभी बम गिर रहे हैं']),
      ],
    },
    {
      id: 'passport-lost-seized',
      kind: 'advisory',
      examples: [
        ...said('en', [
          'the agent took his passport',
          'my passport is lost',
          'they keep all our passports',
          'passport was seized by the commander',
          'how do I get a new passport abroad',
          'his passport has been stolen',
          'they will not give the passport back',
        ]),
        ...said('hi-Latn', [
          'agent ne passport le liya',
          'passport kho gaya hai',
          'passport chheen liya unhone',
        ]),
        ...said('hi', ['पासपोर्ट छीन लिया गया', 'मेरा पासपोर्ट खो गया है', 'एजेंट ने पासपोर्ट रख लिया']),
      ],
    },
    {
      id: 'missing-no-contact',
      kind: 'intake',
      examples: [
        ...said('en', [
          'no call from my brother for two months',
          'we have lost contact with him',
          'his phone is switched off since May',
          'I do not know where my son is',
          'no news of my husband for weeks',
          'he has not answered any message',
          'when did anybody last hear of my cousin',
        ]),
        ...said('hi-Latn', [
          'bhai ki koi khabar nahi',
          'do mahine se phone nahi aaya',
          'bete se sampark nahi ho raha',
        ]),
        ...said('hi', ['भाई की कोई खबर नहीं', 'दो महीने से फोन नहीं आया', 'बेटे से संपर्क नहीं हो रहा']),
      ],
    },
    {
      id: 'talk-to-human',
      kind: 'human',
      examples: [
        ...said('en', [
          'I want to talk to a person',
          'connect me to an officer',
          'is anyone there, a real human',
          'please let me speak to somebody',
          'can an officer call me back',
        ]),
        ...said('hi-Latn', ['kisi insaan se baat karao', 'officer se baat karni hai', 'koi aadmi hai kya']),
        ...said('hi', ['किसी इंसान से बात कराओ', 'अधिकारी से बात करनी है', 'कोई आदमी है क्या']),
      ],
    },
    {
      id: 'greeting-thanks',
      kind: 'smalltalk',
      examples: [
        ...said('en', [
          'hello',
          'hi there',
          'good morning',
          'thank you so much',
          'thanks',
          'good evening sir',
        ]),
        ...said('hi-Latn', ['namaste', 'dhanyavaad', 'shukriya ji']),
        ...said('hi', ['नमस्ते', 'धन्यवाद', 'शुक्रिया']),
      ],
    },
  ],
  urgentPhrases: [
    { language: 'en', phrases: ['kill myself', 'save me'] },
    { language: 'hi', phrases: ['बचाओ', 'जान से मार'] },
  ],
};
