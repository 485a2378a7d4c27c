import { bareText } from '../sentences.ts';

/**
 * How languages say no. Each pattern finds too much rather than too little: it is asked whether a text has lost its
 * negation, and a false alarm on every second statement would teach people to look away.
 */
const patterns: Readonly<Record<string, RegExp>> = {
  en: word("not|no|never|nobody|none|nothing|without|cannot|nor|neither|\\p{L}+n[’']t"),
  // değil, yok, hiç, asla, -sız, and the suffix -ma-/-me- of verbs: gönderme, ödemez, olmayan, yapamam, bilmiyor.
  tr: word(
    'değil\\p{L}*|yok\\p{L}*|hiç\\p{L}*|asla|ne|hayır\\p{L}*|kimse\\p{L}*|olmadan|\\p{L}+s[ıiuü]z\\p{L}*|\\p{L}+m[ae]\\p{L}*|\\p{L}+m[ıiuü]yor\\p{L}*',
  ),
  // لا، لم، لن، ليس، ما، غير، دون، بلا، عدم, with joined particles before and endings after.
  ar: /(?<!\p{L})[وفبكأ]*(?:ل[امن]|لي[سست]\p{L}*|لست\p{L}*|ما|غير\p{L}*|[بم]?دون|بلا|عدم|أل[اّ]|لئلا|كي ?لا|ولا)(?!\p{L})/u,
  fa: /(?<!\p{L})(?:ن\p{L}+|نه|هیچ\p{L}*|بدون|نیست\p{L}*|بی‌?\p{L}*)(?!\p{L})/u,
  ur: /(?<!\p{L})(?:نہیں|نہ|مت|کبھی|بغیر|کوئی)(?!\p{L})/u,
  he: /(?<!\p{L})[ושבכ]*(?:לא|אל|אין|בלי|ללא|אף|שום|מבלי)(?!\p{L})/u,
  de: word('nicht\\p{L}*|kein\\p{L}*|nie\\p{L}*|ohne|weder|noch|un\\p{L}+|\\p{L}+los\\p{L}*'),
  fr: word('ne|n|pas|jamais|aucune?s?|sans|ni|rien|personne|non'),
  es: word('no|nunca|jamás|nadie|nada|ning[uú]n\\p{L}*|sin|ni|tampoco'),
  pt: word('não|nunca|jamais|ninguém|nada|nenhum\\p{L}*|sem|nem'),
  it: word('non|mai|nessun\\p{L}*|niente|nulla|senza|né'),
  nl: word('niet\\p{L}*|geen|nooit|niemand|zonder|noch|nee'),
  sv: word('inte|ej|aldrig|ing\\p{L}+|utan|icke'),
  da: word('ikke|ej|aldrig|ing\\p{L}+|uden'),
  nb: word('ikke|ei|aldri|ing\\p{L}+|uten'),
  pl: word('nie\\p{L}*|nigdy|nikt|nic|żad\\p{L}+|bez|ani'),
  cs: word('ne\\p{L}*|nikdy|nikdo|nic|žád\\p{L}+|bez|ani'),
  ru: word('не\\p{L}*|ни\\p{L}*|без|нет|нельзя'),
  uk: word('не\\p{L}*|ні\\p{L}*|без|нема\\p{L}*'),
  el: word('δεν|μην?|όχι|ποτέ|καν\\p{L}+|τίποτα|χωρίς|ούτε'),
  hi: /नहीं|न(?!\p{L}|\p{M})|मत|कभी|बिना|कोई/u,
  bn: /না|নয়|নেই|নি(?!\p{L})|কখনো|ছাড়া/u,
  zh: /[不没沒无無别別勿非未莫]/u,
  ja: /ない|なく|なけ|ません|ず(?!\p{L})|ぬ|禁止|無|不/u,
  ko: /않|안 |못|없|말[고라아]|마[세라십]|아니|금지/u,
  th: /ไม่|อย่า|ห้าม|มิ|ไร้/u,
  vi: word('không|chưa|chẳng|đừng|chớ|chả'),
  id: word('tidak|tak|bukan\\p{L}*|jangan\\p{L}*|tanpa|belum'),
  sw: word('si|ha\\p{L}+|usi\\p{L}+|msi\\p{L}+|bila|kamwe|hapana|sio|\\p{L}*si\\p{L}+'),
  am: /አይ|አል|አት|ያል|የለ|ምንም|ፈጽሞ/u,
};

function word(body: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{M}])(?:${body})(?![\\p{L}\\p{M}])`, 'iu');
}

/** Whether a text says no to something; null where we do not know how the language does. */
export function negates(text: string, language: string): boolean | null {
  const pattern = patterns[language];
  return pattern === undefined ? null : pattern.test(bareText(text));
}
