/**
 * The one form in which a text is kept and compared: composed characters, line feeds, no space around it. Forms send
 * carriage returns and keyboards send decomposed letters; neither is a change that a translator should hear of.
 */
export function normalText(text: string): string {
  return text.toWellFormed().replace(/\r\n?/g, '\n').normalize('NFC').trim();
}
