import {
  BorderStyle,
  type ITableBordersOptions,
  type Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  WidthType,
} from 'docx';
import { line, textWidth } from './styles.ts';
import type { Writing } from './writing.ts';

type Edge = NonNullable<ITableBordersOptions['top']>;
const none = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
const every = (top: Edge, inner: Edge = top): ITableBordersOptions => ({
  ...{ top, bottom: top, left: top, right: top, insideHorizontal: inner, insideVertical: inner },
});

/** How the cells of a table are parted. */
export const bordersOf = {
  framed: every(line(12)),
  /** To be cut apart. */
  dashed: every({ style: BorderStyle.DASHED, size: 6, color: '000000' }),
  /** Ruled off from what stands above. */
  topped: { ...every(none), top: line(6) },
  ruled: { ...every(none), top: line(8), bottom: line(8) },
  rows: { ...every(none), bottom: line(4), insideHorizontal: line(4) },
} as const satisfies Record<string, ITableBordersOptions>;

export type TableShape = {
  /** Shares of the width of the page. */
  readonly shares: readonly number[];
  readonly borders: keyof typeof bordersOf;
  /** The first row names the columns. */
  readonly titled?: true;
  /** Its rows stay on one page. */
  readonly together?: boolean;
  /** Stays on the page of what follows it. */
  readonly withNext?: true;
  /** Around the words of a cell, in twentieths of a point. */
  readonly padding?: number;
};

/** A table whose columns run in the reading direction. A row that is short spans with its last cell what is left. */
export function table(
  rows: readonly (readonly (readonly Paragraph[])[])[],
  shape: TableShape,
  writing: Writing,
): Table {
  const total = shape.shares.reduce((sum, share) => sum + share, 0);
  const widths = shape.shares.map((share) => Math.floor((textWidth * share) / total));
  const padding = shape.padding ?? 80;
  const widthFrom = (from: number, to: number): number => widths.slice(from, to).reduce((sum, width) => sum + width, 0);
  return new Table({
    width: { size: widthFrom(0, widths.length), type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    borders: bordersOf[shape.borders],
    margins: { top: padding, bottom: padding, left: padding, right: padding, marginUnitType: WidthType.DXA },
    ...(writing.direction === 'rtl' ? { visuallyRightToLeft: true } : {}),
    rows: rows.map(
      (cells, index) =>
        new TableRow({
          cantSplit: true,
          ...(shape.withNext || (shape.together && index < rows.length - 1) ? { keepNext: true } : {}),
          ...(shape.titled && index === 0 ? { tableHeader: true } : {}),
          children: cells.map((children, column) => {
            const end = column === cells.length - 1 ? widths.length : column + 1;
            return new TableCell({
              children: [...children],
              width: { size: widthFrom(column, end), type: WidthType.DXA },
              ...(end - column > 1 ? { columnSpan: end - column } : {}),
            });
          }),
        }),
    ),
  });
}
