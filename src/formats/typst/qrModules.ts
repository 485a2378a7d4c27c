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

/** The modules of the QR code of an address. A seventh of them may be lost. */
export function qrModules(url: string): QrModules {
  const { modules } = QRCode.create(qrText(url), { errorCorrectionLevel: 'M' });
  return { size: modules.size, isBlack: (row, column) => modules.get(row, column) === 1 };
}
