import QRCode from 'qrcode';

export type QrModules = {
  /** Modules on each side, without a quiet zone. */
  readonly size: number;
  readonly isBlack: (row: number, column: number) => boolean;
};

/**
 * What a QR code says of an address where a code is checked: the same in capitals. The whole of it then fits the alphabet
 * that takes the fewest bits, so that on the same paper each module is an eighth wider: what a photocopy of a photocopy
 * takes away. Hosts know no case, and the public site takes `/VERIFY/` as `/verify/`.
 */
export const qrText = (url: string): string => url.toUpperCase();

/**
 * The modules of the QR code of an address. A seventh of them may be lost; of a `small` one half as many, so that it has fewer
 * and wider ones: what a foot has room for is lost by blur, not by a stain.
 */
export function qrModules(url: string, small = false): QrModules {
  const { modules } = QRCode.create(qrText(url), { errorCorrectionLevel: small ? 'L' : 'M' });
  return { size: modules.size, isBlack: (row, column) => modules.get(row, column) === 1 };
}

/** The same, a line of text for each row of modules, black as `1`: what the templates draw. */
export function qrRows(url: string, small = false): readonly string[] {
  const { size, isBlack } = qrModules(url, small);
  const places = Array.from({ length: size }, (_, place) => place);
  return places.map((row) => places.map((column) => (isBlack(row, column) ? '1' : '0')).join(''));
}
