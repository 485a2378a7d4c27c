import { fact, type LessonWords, piece } from './publishedFixture.ts';

/** Three invented lessons, short, with every kind of segment. The numbers are examples. */
export const english: LessonWords = {
  edition: 'en-GB',
  facts: [
    fact('helpline.child', { neutral: { phone: '0800 1111' }, wording: { name: 'Childline', hours: 'day and night' } }),
    fact('emergency.number', { type: 'phone', neutral: { phone: '999' }, wording: { name: 'Emergency services' } }),
    fact('report.authority', {
      neutral: { url: 'https://www.example.org/report/' },
      wording: { name: 'Police online' },
    }),
    fact('removal.service', {
      type: 'url',
      neutral: { url: 'https://removal.example.org' },
      wording: { name: 'Picture removal' },
    }),
    fact('safeguarding.lead_title', { type: 'text', wording: { text: 'the safeguarding lead' } }),
  ],
  sections: {
    head: [
      piece('title', 'heading', 'When it goes wrong: get help, give help'),
      piece(
        'summary',
        'paragraph',
        'The five steps: stop, keep, tell, report, block. Then telling again when the first adult does not help.',
      ),
    ],
    before: [
      piece(
        'before.1',
        'item',
        'Tell {safeguarding.lead_title} the day and hour; disclosures are likely in the 48 hours after.',
      ),
      piece('before.2', 'item', 'Have a second adult in the room.'),
      piece('before.3', 'item', 'Print one sheet for each learner. Never ask for names on it.'),
      piece(
        'before.4',
        'speech',
        '“Thank you for telling me. It is not your fault. I cannot keep this secret, but I will only tell people who can help.”',
      ),
    ],
    objectives: [
      piece('obj.1', 'item', 'Put the five steps in order: stop, keep, tell, report, block.'),
      piece('obj.2', 'item', 'Name two adults and one service.'),
    ],
    messages: [
      piece(
        'CPS-01',
        'statement',
        '**Not your fault.** Whatever you did, said or sent, the person who tricks, pressures or threatens you is responsible. You can always tell.',
      ),
      piece(
        'CPS-02',
        'statement',
        '**Keep telling.** Tell an adult you trust. If the first one does not help, tell another, or {helpline.child}. Keep telling until someone helps.',
      ),
    ],
    materials: [
      piece('mat.1', 'item', 'Five step cards for each group.'),
      piece('mat.2', 'item', 'Role cards for adults.'),
    ],
    steps: [
      piece('act.1', 'step', 'Recap and ground rules', { minutes: 5 }),
      piece('act.1.a', 'paragraph', 'Everyone may pass. Nobody tells stories about real people.'),
      piece('act.2', 'step', 'What is blackmail?', { minutes: 10, evidence: ['E3'] }),
      piece('act.2.a', 'paragraph', 'Say it plainly, then ask the class to say it in their own words:'),
      piece(
        'act.2.b',
        'speech',
        '“Someone says: do what I want or I will share your picture. That is blackmail. It is a crime by them.”',
      ),
      piece('act.3', 'step', 'Tell, and tell again', { minutes: 20, practice: true, evidence: ['E3'] }),
      piece('act.3.a', 'paragraph', 'In threes. An adult, never a learner, plays the adult who does not listen.'),
      piece('act.3.b', 'speech', '“I need help with something. It is about a message.”'),
      piece('act.3.c', 'item', 'First adult: busy. Second adult: listens.'),
      piece('act.3.d', 'item', 'Change roles, so that everyone has said the sentence aloud.'),
      piece('act.4', 'step', 'Calm close', { minutes: 10 }),
      piece('act.4.a', 'paragraph', 'Hand out the sheet. Read the number together: {helpline.child}.'),
    ],
    questions: [
      piece('q.1', 'question', 'Someone writes: “Pay, or I share it.” What now?'),
      piece('q.1.a', 'answer', 'Pay'),
      piece('q.1.b', 'answer', 'Send another one'),
      piece('q.1.c', 'answer', 'Do not pay, do not send, tell', { right: true }),
      piece('q.1.why', 'paragraph', 'Demands often go on after paying.'),
      piece('q.2', 'question', 'Keep:'),
      piece('q.2.a', 'answer', 'Usernames, messages, dates', { right: true }),
      piece('q.2.b', 'answer', 'Copies of private pictures'),
    ],
    safeguarding: [
      piece('safe.1', 'paragraph', 'Stay calm, listen, believe. Hand over to {safeguarding.lead_title} the same day.'),
    ],
    'handout:five-steps': [
      piece('hand.title', 'heading', 'When it goes wrong: five steps'),
      piece(
        'hand.lead',
        'paragraph',
        'If someone says “Do what I want, or I share your picture”, that is blackmail. It is **their** crime. Help exists and works.',
      ),
      piece('hand.1', 'step', 'Stop'),
      piece(
        'hand.1.a',
        'paragraph',
        'Do not pay. Do not send anything else. Even if you did before, you can stop now.',
      ),
      piece('hand.2', 'step', 'Keep'),
      piece(
        'hand.2.a',
        'paragraph',
        'Keep messages, usernames and dates. Do not copy, screenshot or send a private picture to anyone: not even to ask for help.',
      ),
      piece('hand.3', 'step', 'Tell'),
      piece(
        'hand.3.a',
        'paragraph',
        'Tell an adult you trust. If they do not help, tell another, or {helpline.child}. Tell until someone helps.',
      ),
      piece('hand.4', 'step', 'Report'),
      piece('hand.4.a', 'paragraph', 'Report the account in the app. An adult can help you go to the police.'),
      piece('hand.5', 'step', 'Block'),
      piece('hand.5.a', 'paragraph', 'Then block the account. Do not delete the chat before someone has helped you.'),
      piece('hand.adults', 'heading', 'Two adults I can tell'),
      piece('hand.b1', 'blank', '1'),
      piece('hand.b2', 'blank', '2'),
      piece('hand.b3', 'caption', 'At least one from outside home.'),
      piece('hand.first', 'heading', 'My first sentence'),
      piece('hand.b4', 'blank', '“'),
      piece('hand.b5', 'caption', 'For example: “I need help with something.”'),
      piece(
        'hand.st',
        'statement',
        '**Not your fault.** Whatever you did, said or sent: the person who tricks, pressures or threatens is responsible. You can always tell.',
      ),
    ],
    slides: [
      piece('sl.1', 'slide', 'Five steps'),
      piece('sl.1.a', 'item', 'Stop'),
      piece('sl.1.n', 'presenterNote', 'Point at the poster.'),
    ],
    letter: [
      piece('let.title', 'heading', 'To parents and carers'),
      piece(
        'let.1',
        'paragraph',
        'This week your child learns what to do when someone threatens to share a picture. Ask one calm question, and listen.',
      ),
      piece('let.2', 'item', 'Thank your child for telling you.'),
      piece('let.3', 'item', 'Do not take the phone away as a punishment.'),
      piece('let.4', 'paragraph', 'Read more: [how to talk about it](https://www.example.org/talk).'),
    ],
    booster: [
      piece('boo.title', 'heading', 'Do you remember?'),
      piece('boo.1', 'paragraph', 'Write the five steps from memory.'),
      piece('boo.2', 'blank', '1'),
      piece('boo.3', 'blank', '2'),
    ],
  },
};

export const turkish: LessonWords = {
  edition: 'tr-TR',
  facts: [
    fact('helpline.child', {
      neutral: { phone: '183', display: 'ALO 183' },
      wording: { name: 'Sosyal Destek Hattı', hours: '7 gün 24 saat' },
    }),
    fact('emergency.number', { type: 'phone', neutral: { phone: '112' }, wording: { name: 'Acil çağrı' } }),
  ],
  sections: {
    head: [piece('title', 'heading', 'Bir şeyler ters giderse: yardım al, yardım et')],
    steps: [piece('act.1', 'step', 'Anlat, yeniden anlat', { minutes: 15, practice: true })],
    'handout:five-steps': [
      piece('hand.title', 'heading', 'Bir şeyler ters giderse: beş adım'),
      piece(
        'hand.lead',
        'paragraph',
        'Biri sana “İstediğimi yap, yoksa fotoğrafını paylaşırım” derse, buna şantaj denir. Bu, **onun** işlediği bir suçtur. Yardım var ve işe yarar.',
      ),
      piece('hand.1', 'step', 'Dur'),
      piece(
        'hand.1.a',
        'paragraph',
        'Para verme. Başka bir şey gönderme. Daha önce gönderdiysen bile şimdi durabilirsin.',
      ),
      piece('hand.2', 'step', 'Sakla'),
      piece(
        'hand.2.a',
        'paragraph',
        'Mesajları, kullanıcı adlarını ve tarihleri sakla. Özel bir fotoğrafı kopyalama, ekran görüntüsünü alma, kimseye gönderme: yardım istemek için bile.',
      ),
      piece('hand.3', 'step', 'Anlat'),
      piece(
        'hand.3.a',
        'paragraph',
        'Güvendiğin bir yetişkine anlat. O yardım etmezse bir başkasına anlat ya da ara: {helpline.child}. Biri yardım edene kadar anlat.',
      ),
      piece('hand.4', 'step', 'Bildir'),
      piece(
        'hand.4.a',
        'paragraph',
        'Hesabı uygulamanın içinden bildir. Bir yetişkin, polise başvurmana yardım edebilir.',
      ),
      piece('hand.5', 'step', 'Engelle'),
      piece('hand.5.a', 'paragraph', 'Sonra hesabı engelle. Biri sana yardım edene kadar sohbeti ve hesabını silme.'),
      piece('hand.adults', 'heading', 'Anlatabileceğim iki yetişkin'),
      piece('hand.b1', 'blank', '1'),
      piece('hand.b2', 'blank', '2'),
      piece('hand.b3', 'caption', 'En az biri ev dışından olsun.'),
      piece('hand.first', 'heading', 'İlk cümlem'),
      piece('hand.b4', 'blank', '“'),
      piece('hand.b5', 'caption', 'Örneğin: “Bir konuda yardıma ihtiyacım var.”'),
      piece(
        'hand.st',
        'statement',
        '**Senin suçun değil.** Ne yaptıysan, ne söylediysen ya da ne gönderdiysen: kandıran, zorlayan veya tehdit eden kişi sorumludur. Her zaman anlatabilirsin.',
      ),
    ],
  },
};

export const arabic: LessonWords = {
  edition: 'ar-EG',
  facts: [
    fact('helpline.child', { neutral: { phone: '16000' }, wording: { name: 'خط نجدة الطفل', hours: '24 ساعة' } }),
    fact('emergency.number', { type: 'phone', neutral: { phone: '122' }, wording: { name: 'الطوارئ' } }),
    fact('report.authority', {
      neutral: { phone: '116 111', url: 'https://www.example.org/ar' },
      wording: { name: 'جهة الإبلاغ' },
    }),
  ],
  sections: {
    head: [
      piece('title', 'heading', 'عندما يسوء الأمر: اطلب المساعدة وقدّمها'),
      piece('summary', 'paragraph', 'للأعمار 10-12، في 45 دقيقة. الأرقام: 116 111 و1/4.'),
    ],
    before: [piece('before.1', 'item', 'أخبر زميلًا بموعد الدرس.'), piece('before.2', 'item', 'اطبع ورقة لكل متعلّم.')],
    messages: [
      piece(
        'CPS-01',
        'statement',
        '**ليس ذنبك.** مهما فعلت أو قلت أو أرسلت، فالمسؤول هو من يخدعك أو يهددك. يمكنك دائمًا أن تخبر.',
      ),
    ],
    steps: [
      piece('act.1', 'step', 'القواعد', { minutes: 5 }),
      piece('act.1.a', 'paragraph', 'لكل واحد أن يمتنع عن الكلام.'),
      piece('act.2', 'step', 'أخبر، ثم أخبر مرة أخرى', { minutes: 15, practice: true }),
      piece('act.2.a', 'speech', '«أحتاج إلى مساعدة في أمر ما.»'),
      piece('act.2.b', 'paragraph', 'اتصل: {helpline.child} أو {report.authority}.'),
    ],
    questions: [
      piece('q.1', 'question', 'ماذا تفعل الآن؟'),
      piece('q.1.a', 'answer', 'أدفع'),
      piece('q.1.b', 'answer', 'لا أدفع ولا أرسل، وأخبر', { right: true }),
    ],
    'handout:five-steps': [
      piece('hand.title', 'heading', 'عندما يسوء الأمر: خمس خطوات'),
      piece(
        'hand.lead',
        'paragraph',
        'إذا قال لك أحد «افعل ما أريد وإلا نشرت صورتك» فهذا ابتزاز، وهو جريمة **يرتكبها هو**.',
      ),
      piece('hand.1', 'step', 'توقّف'),
      piece('hand.1.a', 'paragraph', 'لا تدفع. لا ترسل أي شيء آخر. يمكنك أن تتوقف الآن.'),
      piece('hand.2', 'step', 'احتفظ'),
      piece('hand.2.a', 'paragraph', 'احتفظ بالرسائل والأسماء والتواريخ. لا تنسخ صورة خاصة ولا ترسلها لأحد.'),
      piece('hand.3', 'step', 'أخبر'),
      piece('hand.3.a', 'paragraph', 'أخبر شخصًا كبيرًا تثق به، أو اتصل: {helpline.child}. استمر حتى يساعدك أحد.'),
      piece('hand.adults', 'heading', 'كبيران أستطيع أن أخبرهما'),
      piece('hand.b1', 'blank', '1'),
      piece('hand.b2', 'blank', '2'),
      piece('hand.st', 'statement', '**ليس ذنبك.** المسؤول هو من يخدع أو يضغط أو يهدد. يمكنك دائمًا أن تخبر.'),
    ],
  },
};
