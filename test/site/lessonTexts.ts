/** Invented words of one whole lesson in three languages. Numbers come from facts. */
export type Tongue = 'en' | 'tr' | 'ar';

type Row = readonly [id: string, kind: string, en: string, tr: string, ar: string];

export const lessonRows: Readonly<Record<string, readonly Row[]>> = {
  head: [
    [
      'A3.title',
      'heading',
      'Stop, Leave, Tell in games and chats',
      'Oyunlarda ve sohbetlerde Dur, Ayrıl, Anlat',
      'توقّف، ابتعد، أخبر: في الألعاب والدردشات',
    ],
    [
      'A3.lead',
      'paragraph',
      'Children learn three steps for when somebody in a game asks for something that does not feel right, and practise saying them aloud.',
      'Çocuklar, oyunda biri onları rahatsız eden bir şey istediğinde üç adımı öğrenir ve yüksek sesle söylemeyi çalışır.',
      'يتعلّم الأطفال ثلاث خطوات حين يطلب منهم أحد في لعبة شيئًا لا يريحهم، ويتدرّبون على قولها بصوت مسموع.',
    ],
  ],
  before: [
    [
      'A3.b1',
      'item',
      'Teach this to a class, not to an assembly.',
      'Bunu bir sınıfta işleyin, toplu törende değil.',
      'درّسه لفصل واحد، لا في طابور أو تجمّع كبير.',
    ],
    [
      'A3.b2',
      'item',
      'Tell your {safeguarding.lead_title} when you will teach it.',
      'Ne zaman işleyeceğinizi okulunuzdaki sorumluya bildirin: {safeguarding.lead_title}.',
      'أخبِر مسؤول حماية الطفل بموعد الدرس: {safeguarding.lead_title}.',
    ],
    [
      'A3.b3',
      'item',
      'Ask a second adult to join. The unsafe line in the role play is read by an adult, never by a child.',
      'İkinci bir yetişkinin katılmasını isteyin. Canlandırmadaki tehlikeli cümleyi bir yetişkin okur, asla bir çocuk okumaz.',
      'اطلب من شخص بالغ آخر أن يشاركك. الجملة غير الآمنة يقرؤها شخص بالغ، لا طفل أبدًا.',
    ],
  ],
  objectives: [
    [
      'A3.o1',
      'item',
      'put the three steps in order: stop, leave, tell',
      'üç adımı sıraya koyar: dur, ayrıl, anlat',
      'يرتّبوا الخطوات الثلاث: توقّف، ابتعد، أخبر',
    ],
    [
      'A3.o2',
      'item',
      'show the three steps in a role play',
      'üç adımı canlandırmada gösterir',
      'يمثّلوا الخطوات الثلاث في لعب الأدوار',
    ],
    [
      'A3.o3',
      'item',
      'say what they would do for a friend who is worried',
      'endişeli bir arkadaş için ne yapacağını söyler',
      'يقولوا ماذا يفعلون من أجل صديق قلِق',
    ],
  ],
  materials: [
    [
      'A3.m1',
      'paragraph',
      'The comic, one paper screen for every three children, and a take-home card for each child. No devices.',
      'Çizgi öykü, her üç çocuğa bir kâğıt ekran ve her çocuğa eve götüreceği bir kart. Cihaz gerekmez.',
      'لكل ثلاثة أطفال: القصة المصوّرة وشاشة ورقية. ولكل طفل بطاقة المنزل. بلا أجهزة.',
    ],
  ],
  messages: [
    [
      'CPS-01',
      'statement',
      '**Not your fault.** Whatever you did, said or sent, the person who tricks, pressures or threatens you is responsible.',
      '**Suç sende değil.** Ne yapmış, söylemiş ya da göndermiş olursan ol, sorumlu olan seni kandıran, zorlayan ya da tehdit eden kişidir.',
      '**ليس ذنبك.** مهما فعلت أو قلت أو أرسلت، المسؤول هو من يخدعك أو يضغط عليك أو يهدّدك.',
    ],
  ],
  steps: [
    ['A3.s1', 'step', 'Three quick questions', 'Üç kısa soru', 'ثلاثة أسئلة سريعة'],
    [
      'A3.s1.a',
      'paragraph',
      'Say the ground rules and show the pass card. Children answer with thumbs: up, down or not sure.',
      'Kuralları söyleyin ve pas kartını gösterin. Çocuklar başparmakla yanıtlar: yukarı, aşağı ya da emin değilim.',
      'ذكّر بقواعد الفصل واعرض بطاقة «أفضّل ألّا أشارك». يجيب الأطفال بالإبهام: أعلى، أو أسفل، أو لست متأكدًا.',
    ],
    [
      'A3.s2',
      'step',
      'The comic: gems for a private chat',
      'Çizgi öykü: özel sohbet için elmas',
      'القصة المصوّرة: جواهر مقابل دردشة خاصة',
    ],
    [
      'A3.s2.a',
      'paragraph',
      'Read the comic aloud. Ask: what could Maya do now? Then write three words on the board: **Stop. Leave. Tell.**',
      'Öyküyü yüksek sesle okuyun. Sorun: Elif şimdi ne yapabilir? Sonra tahtaya üç söz yazın: **Dur. Ayrıl. Anlat.**',
      'اقرأ القصة بصوت مسموع. اسأل: ماذا يمكن أن تفعل مريم الآن؟ ثم اكتب ثلاث كلمات على السبورة: **توقّف. ابتعد. أخبر.**',
    ],
    ['A3.s3', 'step', 'Say it aloud, in threes', 'Üçlü gruplarda yüksek sesle söyleyin', 'قلها بصوت مسموع، في ثلاثات'],
    [
      'A3.s3.a',
      'paragraph',
      'You read the unsafe line from the card. In each group one child answers, one listens and one watches. Then they swap, until every child has told.',
      'Tehlikeli cümleyi karttan siz okuyun. Her grupta bir çocuk yanıtlar, biri dinler, biri gözler. Her çocuk anlatana kadar değişirler.',
      'أنت تقرأ الجملة غير الآمنة من البطاقة. في كل مجموعة طفل يجيب، وطفل يصغي، وطفل يلاحظ. ثم يتبادلون الأدوار.',
    ],
    [
      'A3.s3.b',
      'speech',
      '“No. I need help with something in my game.”',
      '“Hayır. Oyunumda bir konuda yardıma ihtiyacım var.”',
      '«لا. أحتاج إلى مساعدة في شيء في لعبتي.»',
    ],
    ['A3.s4', 'step', 'Close and take home', 'Kapanış', 'الختام'],
    [
      'A3.s4.a',
      'paragraph',
      'Find the number on the card: {helpline.child}. In danger: {emergency.number}. Three slow breaths.',
      'Karttaki numarayı bulun: {helpline.child}. Tehlikede: {emergency.number}. Üç yavaş nefes.',
      'ابحثوا عن الرقم على البطاقة: {helpline.child}. عند الخطر: {emergency.number}. ثلاثة أنفاس بطيئة.',
    ],
  ],
  questions: [
    ['A3.q1', 'question', 'What is the right order?', 'Doğru sıra hangisi?', 'ما الترتيب الصحيح؟'],
    ['A3.q1.a', 'answer', 'Stop, leave, tell', 'Dur, ayrıl, anlat', 'توقّف، ابتعد، أخبر'],
    ['A3.q1.b', 'answer', 'Tell, stop, stay', 'Anlat, dur, kal', 'أخبر، توقّف، ابقَ'],
    [
      'A3.q2',
      'question',
      'You already answered. Is it too late to tell?',
      'Zaten yanıt verdin. Anlatmak için geç mi?',
      'أجبت من قبل. هل فات الأوان لتخبر؟',
    ],
    ['A3.q2.a', 'answer', 'Yes, too late', 'Evet, geç', 'نعم، فات الأوان'],
    ['A3.q2.b', 'answer', 'No, telling is still right', 'Hayır, anlatmak hâlâ doğru', 'لا، ما زال الإخبار صوابًا'],
  ],
  safeguarding: [
    [
      'CPS-13',
      'speech',
      '“Thank you for telling me. It is not your fault. I cannot keep this secret, but I will only tell people who can help.”',
      '“Bana anlattığın için teşekkür ederim. Suç sende değil. Bunu sır olarak saklayamam ama yalnızca yardım edebilecek kişilere söyleyeceğim.”',
      '«شكرًا لأنك أخبرتني. الذنب ليس ذنبك. لا أستطيع أن أُبقي هذا سرًّا، لكنني لن أخبر إلا من يستطيع المساعدة.»',
    ],
    [
      'A3.g1',
      'paragraph',
      'Listen, do not investigate, and do not look at pictures. Go to your lead the same day.',
      'Dinleyin, soruşturmayın, görüntülere bakmayın. Aynı gün sorumluya gidin.',
      'أصغِ ولا تحقّق، ولا تنظر إلى أي صور. اذهب إلى المسؤول في اليوم نفسه.',
    ],
  ],
  'handout:card': [
    ['A3.h1', 'heading', 'Stop, leave, tell', 'Dur, ayrıl, anlat', 'توقّف، ابتعد، أخبر'],
    [
      'A3.h2',
      'paragraph',
      'You can call: {helpline.child}',
      'Arayabilirsin: {helpline.child}',
      'يمكنك الاتصال: {helpline.child}',
    ],
  ],
};

/** The other lessons of the list: id, band, ages, minutes, topic and title. */
export const shortLessons: readonly (readonly [
  string,
  string,
  readonly [number, number] | null,
  number,
  string,
  string,
  string,
  string,
])[] = [
  ['A1', 'A', [7, 9], 40, 'trust', 'My trust team', 'Güven ekibim', 'فريق ثقتي'],
  ['B1', 'B', [10, 12], 45, 'games', 'Who is who online?', 'İnternette kim kim?', 'من هو من على الإنترنت؟'],
  [
    'B4',
    'B',
    [10, 12],
    45,
    'blackmail',
    'When it goes wrong: get help, give help',
    'İşler ters gidince: yardım al, yardım et',
    'حين تسوء الأمور: اطلب المساعدة وقدّمها',
  ],
  ['D1', 'adult', null, 60, 'adults', 'What parents can say', 'Anne babalar ne diyebilir', 'ماذا يمكن للأهل أن يقولوا'],
];
