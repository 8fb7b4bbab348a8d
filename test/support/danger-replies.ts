type Replies = { no: string; unknown: string; assent: string; yes: string };

/**
 * How people type an answer to "is somebody in danger at this very moment?", each way of writing its own; `|` between two.
 * Written down before the lists that read them were tried on them: keep it so, and add what families really type.
 */
export const DANGER_REPLIES: Record<string, Replies> = {
  en: {
    no: 'No|no.|nooo|NO SIR|no danger|no danger now|no ji 🙏|not now|not at the moment|nope|no he is safe|he is not in danger|no one is in danger|he is safe now|not in any danger right now|no, thank god',
    unknown:
      "don't know|I dont know|dont know sir|idk|not sure|no idea|I do not know.|i don’t know 😢|cant say",
    assent: 'ok|okay|hmm|OK sir|alright|fine|👍|thank you',
    yes: 'yes|Yes sir|YES!!|yes he is in danger|yes right now|yeah|he is in danger|yes please 🙏|danger',
  },
  'hi-Latn': {
    no: 'nahi|nhi|nahin ji|nai|nahi ji 🙏|ji nahi|khatra nahi hai|koi khatra nahi|abhi koi khatra nahi hai|abhi to koi khatra nhi h|filhal nahi|nahiii|no danger|kisi ko khatra nahi hai|wo safe hai|sab theek hai|khatre me nahi hai',
    unknown:
      'pata nahi|pta nhi|malum nahi|maloom nahi ji|nahi pata|kuch pata nahi|mujhe nahi pata|pata nahi sir 😔|kya pata|dont know',
    assent: 'theek hai|thik h|ok|ji|hmm|accha|acha ji|theek hai ji 🙏',
    yes: 'haan|haan ji|han|ha ji|haan khatra hai|haan abhi khatra hai|ji haan|usko khatra hai|yes|uski jaan ko khatra hai',
  },
  hi: {
    no: 'नहीं|नही|नहीं‍|जी नहीं|नहीं जी 🙏|कोई खतरा नहीं|कोई ख़तरा नहीं है|अभी कोई खतरा नहीं है|खतरा नही है|अभी नहीं|ना|वो सुरक्षित है|खतरे में नहीं है',
    unknown: 'पता नहीं|पता नही|मालूम नहीं|मुझे नहीं पता|नहीं मालूम|कुछ पता नहीं 😢|पता नहीं जी',
    assent: 'ठीक है|जी|अच्छा|ठीक है जी|हम्म|ओके|ठीक',
    yes: 'हाँ|हां|हाँ जी|जी हां|हां खतरा है|हाँ, अभी ख़तरा है|उसकी जान को खतरा है|हां जी 🙏',
  },
  ur: {
    no: 'نہیں|نہيں|جی نہیں|نہیں جی|کوئی خطرہ نہیں|ابھی کوئی خطرہ نہیں ہے|خطرہ نہیں ہے|ابھی نہیں|وہ محفوظ ہے|nahi|نہیں 🙏',
    unknown: 'پتا نہیں|پتہ نہیں|معلوم نہیں|مجھے نہیں معلوم|کچھ پتہ نہیں|نہیں پتا|معلوم نہیں جی',
    assent: 'ٹھیک ہے|جی|اچھا|اوکے|ٹھیک|ہمم|ٹھیک ہے جی',
    yes: 'ہاں|جی ہاں|ہاں جی|ہاں خطرہ ہے|ہاں، ابھی خطرہ ہے|اس کی جان کو خطرہ ہے|haan',
  },
  'pa-Latn': {
    no: 'nahi|nai ji|nahi ji|nhi|koi khatra nahi|hun koi khatra nahi hai|khatra nai haiga|na ji|hale nahi|oh theek hai|khatre vich nahi|nahin 🙏',
    unknown: 'pata nahi|pta nai|pata ni|pta ni ji|kuj pata nahi|sanu nahi pata|malum nahi|mainu pata nahi',
    assent: 'theek hai|thik aa|ji|acha|ok ji|changa|hmm',
    yes: 'haan|hanji|haan ji|aho|haan khatra hai|ji haan|hune khatra hai|oh khatre vich hai',
  },
  pa: {
    no: 'ਨਹੀਂ|ਨਹੀ|ਨਹੀਂ ਜੀ|ਜੀ ਨਹੀਂ|ਕੋਈ ਖ਼ਤਰਾ ਨਹੀਂ|ਹੁਣ ਕੋਈ ਖਤਰਾ ਨਹੀਂ ਹੈ|ਖ਼ਤਰਾ ਨਹੀਂ ਹੈ|ਨਾ ਜੀ 🙏|ਹਾਲੇ ਨਹੀਂ|ਨਈਂ',
    unknown: 'ਪਤਾ ਨਹੀਂ|ਪਤਾ ਨੀ|ਪਤਾ ਨਹੀਂ ਜੀ|ਸਾਨੂੰ ਪਤਾ ਨਹੀਂ|ਮੈਨੂੰ ਨਹੀਂ ਪਤਾ|ਕੁਝ ਪਤਾ ਨਹੀਂ|ਪਤਾ ਨਹੀ 😢',
    assent: 'ਠੀਕ ਹੈ|ਜੀ|ਅੱਛਾ|ਠੀਕ ਆ|ਚੰਗਾ ਜੀ|ਓਕੇ|ਠੀਕ ਹੈ ਜੀ',
    yes: 'ਹਾਂ|ਹਾਂ ਜੀ|ਹਾਂਜੀ|ਆਹੋ|ਜੀ ਹਾਂ|ਹਾਂ ਖ਼ਤਰਾ ਹੈ|ਹਾਂ, ਹੁਣੇ ਖਤਰਾ ਹੈ|ਉਹ ਖ਼ਤਰੇ ਵਿੱਚ ਹੈ',
  },
  'gu-Latn': {
    no: 'na|naa|na ji|nahi|nathi|koi jokham nathi|hamna koi jokham nathi|jokham nathi|atyare nathi|khatro nathi|na bhai 🙏|e salamat che',
    unknown: 'khabar nathi|mane khabar nathi|khbr nathi|khabar nai|kai khabar nathi|nathi khabar|pata nahi',
    assent: 'saru|thik che|ok|ji|barabar|hmm|thik chhe ji',
    yes: 'ha|haa|ha ji|haji|ha jokham che|ha hamna jokham che|e jokham ma che|yes',
  },
  gu: {
    no: 'ના|ના જી|નહીં|નથી|કોઈ જોખમ નથી|હમણાં કોઈ જોખમ નથી|જોખમ નથી|અત્યારે નથી|ના 🙏|ખતરો નથી|નહિ',
    unknown: 'ખબર નથી|મને ખબર નથી|ખબર નહીં|કંઈ ખબર નથી|ખબર નથી જી|નથી ખબર|ખબર નથી 😔',
    assent: 'સારું|ઠીક છે|જી|બરાબર|ઓકે|સારુ|અચ્છા',
    yes: 'હા|હા જી|હાજી|હા જોખમ છે|હા, હમણાં જોખમ છે|એ જોખમમાં છે|જી હા',
  },
  'mr-Latn': {
    no: 'nahi|nay|naahi|nahi ji|koni dhokyat nahi|dhoka nahi|aatta kahi dhoka nahi|aata nahi|sadhya nahi|kahi dhoka nahi|to surakshit aahe|nahi 🙏',
    unknown: 'mahit nahi|mahiti nahi|mala mahit nahi|thauk nahi|mahit nay|kahi mahit nahi|pata nahi',
    assent: 'thik aahe|bara|ok|chalel|theek ahe|hmm|barobar',
    yes: 'ho|hoy|ho dhoka aahe|ho aatta dhoka aahe|haan|to dhokyat aahe|ho ji|yes',
  },
  mr: {
    no: 'नाही|नाय|नाही जी|धोका नाही|आत्ता धोका नाही|काही धोका नाही|कोणी धोक्यात नाही|आता नाही|सध्या नाही|तो सुरक्षित आहे|नाही 🙏',
    unknown: 'माहीत नाही|माहित नाही|मला माहीत नाही|ठाऊक नाही|काही माहिती नाही|माहीत नाही हो|माहिती नाही',
    assent: 'ठीक आहे|बरं|चालेल|ओके|हं|ठीक|बरोबर',
    yes: 'हो|होय|हो धोका आहे|हो, आत्ता धोका आहे|तो धोक्यात आहे|हो जी|होय जी',
  },
  'bn-Latn': {
    no: 'na|nah|naa|na na|kono bipod nei|ekhon kono bipod nei|bipod nei|ekhon na|bipod nai|keu bipode nei|se nirapod ache|na dada 🙏',
    unknown: 'jani na|janina|ami jani na|bolte parbo na|thik jani na|kichu jani na|jani na dada',
    assent: 'accha|thik ache|ok|ji|hum|acha dada|thik achhe',
    yes: 'hyan|ha|haan|ha bipod|hyan ekhon bipod|se bipode ache|yes|ji ha',
  },
  bn: {
    no: 'না|নাহ|না না|কোনো বিপদ নেই|এখন কোন বিপদ নেই|বিপদ নেই|এখন না|বিপদ নাই|না, নিরাপদে আছে|সে নিরাপদ|না 🙏',
    unknown: 'জানি না|জানিনা|আমি জানি না|বলতে পারছি না|ঠিক জানি না|কিছু জানি না|জানি না দাদা',
    assent: 'আচ্ছা|ঠিক আছে|জি|হুম|ওকে|ঠিক|আচ্ছা দাদা',
    yes: 'হ্যাঁ|হ্যা|হাঁ|হ্যাঁ বিপদ|হ্যাঁ, এখনই বিপদ|সে বিপদে আছে|জি হ্যাঁ',
  },
  'ta-Latn': {
    no: 'illai|illa|ille|illa sir|illainga|abathu illai|ippo aabathu illa|entha aabathum illai|ippothu illai|avar safe ah irukkar|illanga 🙏|danger illa',
    unknown: 'theriyathu|teriyadhu|theriyala|enakku theriyathu|therila|theriyavillai|onnum theriyala sir',
    assent: 'sari|seri|ok|saringa|hmm|sari sir|seri nga',
    yes: 'aam|aama|amam|aamanga|aama aabathu|avan aabathil irukkan|yes|ama sir',
  },
  ta: {
    no: 'இல்லை|இல்ல|இல்லைங்க|ஆபத்து இல்லை|இப்போது ஆபத்து இல்லை|எந்த ஆபத்தும் இல்லை|இப்போ இல்லை|இல்லை சார்|இல்லை 🙏|யாருக்கும் ஆபத்து இல்லை',
    unknown: 'தெரியாது|தெரியவில்லை|தெரியல|எனக்கு தெரியாது|தெரியலங்க|ஒன்னும் தெரியல|தெரியாது சார்',
    assent: 'சரி|சரிங்க|ஓகே|ம்|சரி சார்|நன்றி|உம்',
    yes: 'ஆம்|ஆமா|ஆமாம்|ஆமாங்க|ஆம், ஆபத்து|அவன் ஆபத்தில் இருக்கிறான்|ஆமா சார்',
  },
  'te-Latn': {
    no: 'ledu|ledhu|kadu|ledandi|ippudu ledu|pramadam ledu|ippudu pramadam emi ledu|evariki pramadam ledu|ledu sir|ledandi 🙏|danger ledu|athanu safe ga unnadu',
    unknown: 'teliyadu|theliyadu|telidu|naku teliyadu|teliyadandi|em teliyadu|naaku theliyadhu sir',
    assent: 'sare|sarey|sare andi|ok|sarenandi|hmm|ok sir',
    yes: 'avunu|avunandi|avnu|aunu|avunu pramadam|athanu pramadam lo unnadu|yes|avunu sir',
  },
  te: {
    no: 'లేదు|లేదండి|కాదు|ఇప్పుడు లేదు|ప్రమాదం లేదు|ఇప్పుడు ఏ ప్రమాదం లేదు|ఎవరికీ ప్రమాదం లేదు|లేదు సార్|లేదు 🙏|ప్రమాదం ఏమీ లేదు',
    unknown: 'తెలియదు|తెలీదు|నాకు తెలియదు|తెలియదండి|ఏమీ తెలియదు|చెప్పలేను|తెలియదు సార్',
    assent: 'సరే|సరేనండి|ఓకే|మంచిది|సరే సార్|ఊ|సరే అండి',
    yes: 'అవును|అవునండి|ఔను|అవును ప్రమాదం|అవును, ఇప్పుడే|అతను ప్రమాదంలో ఉన్నాడు|అవును సార్',
  },
  'kn-Latn': {
    no: 'illa|illaa|illa sir|illa ri|apaya illa|iga apaya illa|yavude apaya illa|yarigu apaya illa|iga illa|avaru safe agiddare|danger illa|illa 🙏',
    unknown: 'gottilla|gothilla|nanage gottilla|gottila|enu gothilla|gottilla sir|tiliyadu',
    assent: 'sari|ok|aytu|sari sir|hmm|ayithu|sari ri',
    yes: 'haudu|houdu|howdu|haudu sir|haudu apaya ide|avanu apayadalliddane|yes|haudu igale apaya',
  },
  kn: {
    no: 'ಇಲ್ಲ|ಇಲ್ಲಾ|ಇಲ್ಲ ಸರ್|ಅಪಾಯ ಇಲ್ಲ|ಅಪಾಯವಿಲ್ಲ|ಈಗ ಅಪಾಯ ಇಲ್ಲ|ಯಾವುದೇ ಅಪಾಯ ಇಲ್ಲ|ಈಗ ಇಲ್ಲ|ಇಲ್ಲ 🙏|ಯಾರಿಗೂ ಅಪಾಯ ಇಲ್ಲ',
    unknown: 'ಗೊತ್ತಿಲ್ಲ|ಗೊತ್ತಿಲ್ಲಾ|ನನಗೆ ಗೊತ್ತಿಲ್ಲ|ತಿಳಿದಿಲ್ಲ|ಏನೂ ಗೊತ್ತಿಲ್ಲ|ಗೊತ್ತಿಲ್ಲ ಸರ್|ಗೊತ್ತಾಗ್ತಿಲ್ಲ',
    assent: 'ಸರಿ|ಆಯ್ತು|ಓಕೆ|ಸರಿ ಸರ್|ಆಯಿತು|ಹೂಂ|ಸರಿ ರೀ',
    yes: 'ಹೌದು|ಹೌದು ಸರ್|ಹೌದ್ರಿ|ಹೌದು ಅಪಾಯ ಇದೆ|ಹೌದು, ಈಗಲೇ ಅಪಾಯ|ಅವನು ಅಪಾಯದಲ್ಲಿದ್ದಾನೆ|ಹೌದು ರೀ',
  },
  'ml-Latn': {
    no: 'illa|alla|illaa|ippo illa|apakadam illa|ippol apakadam onnum illa|oru apakadavum illa|aarkkum apakadam illa|illa sir|kuzhappamilla|avan safe aanu|illa 🙏',
    unknown: 'ariyilla|ariyila|enikku ariyilla|arilla|ariyilla sir|onnum ariyilla|enikariyilla',
    assent: 'sheri|shari|ok|sari|hmm|sheri sir|ok chetta',
    yes: 'athe|adhe|uvvu|athe apakadam|athe ippol thanne|avan apakadathil aanu|und|athe sir',
  },
  ml: {
    no: 'ഇല്ല|അല്ല|ഇല്ല സാർ|അപകടം ഇല്ല|അപകടമില്ല|ഇപ്പോൾ അപകടമൊന്നുമില്ല|ഇപ്പോൾ ഇല്ല|ആർക്കും അപകടമില്ല|ഇല്ല 🙏|കുഴപ്പമില്ല',
    unknown: 'അറിയില്ല|എനിക്കറിയില്ല|എനിക്ക് അറിയില്ല|അറിയില്ല സാർ|ഒന്നും അറിയില്ല|അറിഞ്ഞൂടാ|അറിയില്ലല്ലോ',
    assent: 'ശരി|ശരിയാണ്|ഓക്കെ|ശരി സാർ|ഉം|സമ്മതം|നന്ദി',
    yes: 'അതെ|അതേ|ഉവ്വ്|അതെ, അപകടം|അതെ ഇപ്പോൾത്തന്നെ|അവൻ അപകടത്തിലാണ്|അതെ സാർ',
  },
};

export const replies = (line: string): string[] => line.split('|');
