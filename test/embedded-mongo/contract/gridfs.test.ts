import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { after, before, test } from 'node:test';
import { GridFSBucket, type GridFSBucketOptions, ObjectId } from 'mongodb';
import { type Contract, openContract } from './openContract.ts';

let contract: Contract;
before(async () => {
  contract = await openContract();
});
after(async () => {
  await contract.close();
});

const bucketOf = (options: GridFSBucketOptions = {}) => new GridFSBucket(contract.db, options);

async function put(bucket: GridFSBucket, name: string, bytes: Buffer, metadata: object = {}): Promise<ObjectId> {
  const upload = bucket.openUploadStream(name, { metadata: { ...metadata } });
  await pipeline(Readable.from([bytes]), upload);
  return upload.id;
}

test('a file of many chunks comes back as it went, whole and in part', async () => {
  const bucket = bucketOf();
  const content = randomBytes(1_500_000);
  const id = await put(bucket, 'a.bin', content, { kind: 'test' });
  assert.ok((await buffer(bucket.openDownloadStream(id))).equals(content));
  const range = await buffer(bucket.openDownloadStreamByName('a.bin', { start: 300_000, end: 700_000 }));
  assert.ok(range.equals(content.subarray(300_000, 700_000)));
  assert.equal((await bucket.find({ 'metadata.kind': 'test' }).toArray())[0]?.length, 1_500_000);
  await bucket.delete(id);
  assert.equal(await contract.db.collection('fs.chunks').countDocuments(), 0);
});

test('what is stored: chunks of the size that was asked for, and a record of the file', async () => {
  const id = await put(bucketOf({ bucketName: 'small', chunkSizeBytes: 100 }), 'x', Buffer.alloc(250, 7));
  const chunks = await contract.db.collection('small.chunks').find({ files_id: id }).sort({ n: 1 }).toArray();
  assert.deepEqual(
    chunks.map(({ n, data }) => [n, data.length()]),
    [
      [0, 100],
      [1, 100],
      [2, 50],
    ],
  );
  const file = await contract.db.collection('small.files').findOne({ _id: id });
  assert.deepEqual([file?.length, file?.chunkSize, file?.filename], [250, 100, 'x']);
  assert.ok(file?.uploadDate instanceof Date);
});

test('the indexes that GridFS promises are made, and chunks are unique', async () => {
  const id = await put(bucketOf({ bucketName: 'indexed' }), 'x', Buffer.from('x'));
  const chunks = contract.db.collection('indexed.chunks');
  const unique = (await chunks.indexes()).find(({ key }) => key.files_id === 1 && key.n === 1);
  assert.equal(unique?.unique, true);
  assert.ok((await contract.db.collection('indexed.files').indexes()).some(({ key }) => key.filename === 1));
  await assert.rejects(chunks.insertOne({ files_id: id, n: 0, data: Buffer.from('y') }), { code: 11000 });
});

test('an empty file and a file of exactly one chunk', async () => {
  const bucket = bucketOf({ bucketName: 'edge', chunkSizeBytes: 64 });
  for (const size of [0, 1, 64, 65, 128]) {
    const content = randomBytes(size);
    const id = await put(bucket, `${size}`, content);
    assert.ok((await buffer(bucket.openDownloadStream(id))).equals(content));
    const chunks = await contract.db.collection('edge.chunks').countDocuments({ files_id: id });
    assert.equal(chunks, Math.ceil(size / 64));
  }
});

test('several files of one name: the newest, the oldest, and by number', async () => {
  const bucket = bucketOf({ bucketName: 'revisions' });
  for (const [at, text] of ['one', 'two', 'three'].entries()) {
    const id = await put(bucket, 'same', Buffer.from(text));
    await contract.db.collection('revisions.files').updateOne({ _id: id }, { $set: { uploadDate: new Date(at) } });
  }
  const read = async (revision?: number) =>
    String(await buffer(bucket.openDownloadStreamByName('same', revision === undefined ? {} : { revision })));
  assert.deepEqual([await read(), await read(0), await read(1), await read(-2)], ['three', 'one', 'two', 'two']);
});

test('a new name, a removal, and what is not there', async () => {
  const bucket = bucketOf({ bucketName: 'moved' });
  const id = await put(bucket, 'old', Buffer.from('x'));
  await bucket.rename(id, 'new');
  assert.equal(String(await buffer(bucket.openDownloadStreamByName('new'))), 'x');
  await assert.rejects(buffer(bucket.openDownloadStreamByName('old')), { code: 'ENOENT' });
  await assert.rejects(buffer(bucket.openDownloadStream(new ObjectId())), { code: 'ENOENT' });
  await bucket.delete(id);
  await assert.rejects(bucket.delete(id));
  await assert.rejects(bucket.rename(id, 'x'));
});

test('an upload that is given up leaves nothing', async () => {
  const bucket = bucketOf({ bucketName: 'given', chunkSizeBytes: 100 });
  const upload = bucket.openUploadStream('x');
  await new Promise<void>((done, fail) => upload.write(Buffer.alloc(1000), (error) => (error ? fail(error) : done())));
  assert.equal(await contract.db.collection('given.chunks').countDocuments(), 10);
  await upload.abort();
  assert.equal(await contract.db.collection('given.chunks').countDocuments(), 0);
  assert.equal(await contract.db.collection('given.files').countDocuments(), 0);
});

test('a chunk that is missing or cut is noticed', async () => {
  const bucket = bucketOf({ bucketName: 'broken', chunkSizeBytes: 10 });
  const id = await put(bucket, 'x', Buffer.alloc(35));
  await contract.db.collection('broken.chunks').deleteOne({ files_id: id, n: 1 });
  await assert.rejects(buffer(bucket.openDownloadStream(id)), /ChunkIsMissing/);
});

test('find sorts, skips and limits; drop takes everything', async () => {
  const bucket = bucketOf({ bucketName: 'listed' });
  for (const name of ['b', 'a', 'c']) await put(bucket, name, Buffer.from(name));
  const found = await bucket.find({}, { sort: { filename: 1 }, skip: 1, limit: 1 }).toArray();
  assert.deepEqual(
    found.map(({ filename }) => filename),
    ['b'],
  );
  await bucket.drop();
  assert.deepEqual(await bucket.find().toArray(), []);
});

test('two uploads at the same time do not mix', async () => {
  const bucket = bucketOf({ bucketName: 'parallel', chunkSizeBytes: 1024 });
  const contents = Array.from({ length: 8 }, () => randomBytes(20_000));
  const ids = await Promise.all(contents.map((content, at) => put(bucket, `${at}`, content)));
  for (const [at, id] of ids.entries()) {
    assert.ok((await buffer(bucket.openDownloadStream(id))).equals(contents[at] ?? Buffer.of()));
  }
});
