import type { Store } from '../commands/ports.ts';
import { takenIndex } from './compareAndSet.ts';
import { mongoose } from './mongoose.ts';
import type { Scope } from './scope.ts';

export const archiveBucket = 'archive';

/**
 * Bytes in GridFS, the hash as the file's name. A unique index on the name settles who was first; GridFS knows no
 * transactions, and needs none for what never changes.
 */
export function openArchive(scope: Scope): Store['archive'] {
  const { db } = scope.connection;
  if (db === undefined) throw new Error('The connection is not open.');
  const bucket = new mongoose.mongo.GridFSBucket(db, { bucketName: archiveBucket });
  const find = (hash: string) => bucket.find({ filename: hash }, { limit: 1 }).next();
  return {
    async put(hash, bytes, mediaType) {
      if ((await find(hash)) !== null) return;
      const upload = bucket.openUploadStream(hash, { metadata: { mediaType } });
      try {
        await new Promise<void>((resolve, reject) => {
          upload.once('finish', () => resolve()).once('error', reject);
          upload.end(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
        });
      } catch (error) {
        if (takenIndex(error) === null) throw error;
        await db.collection(`${archiveBucket}.chunks`).deleteMany({ files_id: upload.id });
      }
    },
    async get(hash) {
      const file = await find(hash);
      if (file === null) return null;
      const chunks: Uint8Array[] = [];
      for await (const chunk of bucket.openDownloadStream(file._id)) chunks.push(chunk);
      const mediaType: unknown = file.metadata?.mediaType;
      return { bytes: Buffer.concat(chunks), mediaType: typeof mediaType === 'string' ? mediaType : '' };
    },
  };
}
