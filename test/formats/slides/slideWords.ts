import { buildLessonPage } from '../../../src/formats/page/buildLessonPage.ts';
import type { Imprint, LessonPage } from '../../../src/formats/page/lessonPage.ts';
import { arabic } from '../page/arabicWords.ts';
import { english } from '../page/englishWords.ts';
import { imprintOf, type LessonWords, piece, publishedLesson } from '../page/publishedFixture.ts';
import { turkish } from '../page/turkishWords.ts';

export type Tongue = 'en' | 'tr' | 'ar';

const titleOf = (words: LessonWords): string => words.sections.head?.[0]?.text ?? '';

/** Slides as a lesson has them: its title, rules, a core statement, words to say, and the numbers. */
const slides: Readonly<Record<Tongue, (title: string) => LessonWords['sections'][string]>> = {
  en: (title) => [
    piece('sl.1', 'slide', title),
    piece('sl.1.a', 'item', 'Today: five steps'),
    piece('sl.1.n', 'presenterNote', 'Have this on the wall when the class comes in.'),
    piece('sl.2', 'slide', 'Our rules'),
    piece('sl.2.a', 'item', 'We listen.'),
    piece('sl.2.b', 'item', 'Anyone may pass.'),
    piece('sl.2.n', 'presenterNote', 'Hold up a pass card.'),
    piece('sl.3', 'slide', 'Who is responsible?'),
    piece('sl.3.a', 'statement', '**Not your fault.** Whoever tricks or threatens is responsible.'),
    piece('sl.3.b', 'speech', '“I need help with something.”'),
    piece('sl.4', 'slide', 'Here is help'),
    piece('sl.4.a', 'item', 'To talk: {helpline.child}'),
    piece('sl.4.b', 'item', 'In danger: {emergency.number}'),
    piece('sl.4.n', 'presenterNote', 'Leave this on.'),
  ],
  tr: (title) => [
    piece('sl.1', 'slide', title),
    piece('sl.1.a', 'item', 'Bugün: beş adım'),
    piece('sl.2', 'slide', 'Kurallarımız'),
    piece('sl.2.a', 'item', 'Dinleriz. İğne gibi ince ğ, ş, ı.'),
    piece('sl.2.n', 'presenterNote', 'Geçiş kartını gösterin.'),
    piece('sl.3', 'slide', 'Yardım burada'),
    piece('sl.3.a', 'item', 'Konuşmak için: {helpline.child}'),
  ],
  ar: (title) => [
    piece('sl.1', 'slide', title),
    piece('sl.1.a', 'item', 'اليوم: خمس خطوات، ¼ ساعة، 1/4'),
    piece('sl.1.n', 'presenterNote', 'اعرضوا هذه الشريحة، ورقمها 116 111.'),
    piece('sl.2', 'slide', 'قواعدنا'),
    piece('sl.2.a', 'item', 'نستمع. *دائمًا.*'),
    piece('sl.2.b', 'statement', '**ليس ذنبكم.** يمكنكم دائمًا أن تخبروا.'),
    piece('sl.2.n', 'presenterNote', 'اقرؤوها ببطء.'),
    piece('sl.3', 'slide', 'هنا المساعدة'),
    piece('sl.3.a', 'item', 'للحديث: {helpline.child}'),
    piece('sl.3.b', 'item', 'للإبلاغ: {report.authority}'),
    piece('sl.3.n', 'presenterNote', 'اتركوها ظاهرة.'),
  ],
};
const lessons: Readonly<Record<Tongue, LessonWords>> = { en: english, tr: turkish, ar: arabic };

/** The fixture's lesson with slides. */
export function deckPage(tongue: Tongue, imprint: Partial<Imprint> = {}): LessonPage {
  const words = lessons[tongue];
  const sections = { ...words.sections, slides: slides[tongue](titleOf(words)) };
  return buildLessonPage(publishedLesson({ ...words, sections }), imprintOf(words.edition, imprint));
}
