import { fact, type LessonWords, piece } from './publishedFixture.ts';

/** An invented lesson with numbers that a right-to-left line would turn around. */
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
