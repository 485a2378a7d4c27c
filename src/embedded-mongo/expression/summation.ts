import { Decimal128, Double, Int32 } from 'bson';
import { addDecimals, type Decimal, decimal128, decimalOfDouble, divideDecimals } from '../bson/decimal.ts';
import { integer, isIntegral, toDecimal } from '../bson/number.ts';
import type { Numeric } from '../bson/value.ts';
import { bigintOf } from './exact.ts';

/**
 * A sum that loses nothing on the way: whole numbers exactly, doubles with the part that one double cannot hold, decimals
 * as decimals. The result has the widest of the types that came.
 */
export class Summation {
  #whole = 0n;
  #high = 0;
  #low = 0;
  #decimal: Decimal = { coefficient: 0n, exponent: 0 };
  #special: number | undefined;
  #width = 0;
  count = 0;

  add(value: Numeric): void {
    this.count++;
    if (isIntegral(value)) {
      this.#widen(value instanceof Int32 ? 0 : 1);
      this.#whole += bigintOf(value);
    } else if (value instanceof Double) {
      this.#widen(2);
      this.#addDouble(value.value);
    } else {
      this.#widen(3);
      const decimal = toDecimal(value);
      if (decimal) this.#decimal = addDecimals(this.#decimal, decimal);
      else this.#addSpecial(Number(value.toString()));
    }
  }

  result(): Numeric {
    if (this.#width < 2)
      return integer(this.#whole, this.#width === 0 ? 'int' : 'long') ?? new Double(this.#asDouble());
    if (this.#width === 2) return new Double(this.#asDouble());
    if (this.#special !== undefined) return Decimal128.fromString(String(this.#special));
    return decimal128(this.#asDecimal());
  }

  /** The sum by the number of values, null without any. */
  average(): Numeric | null {
    if (this.count === 0) return null;
    if (this.#width < 3) return new Double(this.#asDouble() / this.count);
    if (this.#special !== undefined) return Decimal128.fromString(String(this.#special));
    return decimal128(divideDecimals(this.#asDecimal(), { coefficient: BigInt(this.count), exponent: 0 }));
  }

  #widen(width: number): void {
    if (width > this.#width) this.#width = width;
  }

  #addSpecial(value: number): void {
    this.#special = (this.#special ?? 0) + value;
  }

  #addDouble(value: number): void {
    if (!Number.isFinite(value)) {
      this.#addSpecial(value);
      return;
    }
    const sum = this.#high + value;
    const part = sum - this.#high;
    this.#low += this.#high - (sum - part) + (value - part);
    this.#high = sum;
  }

  #asDouble(): number {
    if (this.#special !== undefined) return this.#special;
    const nearest = Number(this.#whole);
    if (this.#high === 0 && this.#low === 0) return nearest;
    const rest = Number(this.#whole - BigInt(nearest));
    const sum = this.#high + nearest;
    const part = sum - this.#high;
    return sum + (this.#high - (sum - part) + (nearest - part) + this.#low + rest);
  }

  #asDecimal(): Decimal {
    const parts = [decimalOfDouble(this.#high), decimalOfDouble(this.#low), { coefficient: this.#whole, exponent: 0 }];
    return parts.reduce(addDecimals, this.#decimal);
  }
}

/** The spread of numbers around their mean, value by value; null where there are too few. */
export class Deviation {
  #count = 0;
  #mean = 0;
  #squares = 0;

  add(value: number): void {
    this.#count++;
    const delta = value - this.#mean;
    if (delta === 0) return;
    this.#mean += delta / this.#count;
    this.#squares += delta * (value - this.#mean);
  }

  result(ofSample: boolean): Double | null {
    const divisor = ofSample ? this.#count - 1 : this.#count;
    return divisor <= 0 ? null : new Double(Math.sqrt(this.#squares / divisor));
  }
}
