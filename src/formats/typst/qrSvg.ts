import { qrModules } from './qrModules.ts';

/**
 * The QR code of an address as SVG text: one path, black on nothing. The quiet zone is not in it: whoever places it leaves
 * four modules white around it, so that on narrow paper the code itself is as wide as it can be.
 */
export function qrSvg(url: string): string {
  const { size, isBlack } = qrModules(url);
  const rows = Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, column) => (isBlack(row, column) ? `M${column} ${row}h1v1h-1z` : '')).join(''),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><path d="${rows.join('')}"/></svg>`;
}
