import { fact, type LessonWords, piece } from './publishedFixture.ts';

/** An invented lesson: the five steps of the printed sheet. */
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
