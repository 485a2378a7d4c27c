// A process of its own, started in another time zone and locale: prints the hash of each bundle, one a line.
import { bytesHash } from '../../../src/domain/release/canonical.ts';
import { writeCartridge } from '../../../src/formats/cartridge/writeCartridge.ts';
import { writeOffline } from '../../../src/formats/offline/writeOffline.ts';
import { writeScorm } from '../../../src/formats/scorm/writeScorm.ts';
import { bundlePages, riverBundle } from './riverBundle.ts';

for (const write of [writeOffline, writeScorm, writeCartridge]) {
  console.log(bytesHash(write(riverBundle('tr-TR'), bundlePages)));
}
