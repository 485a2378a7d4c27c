import mongoose from 'mongoose';
import { startTestEngine } from './engine.ts';
const engine = await startTestEngine();
console.log(engine.uri);
await mongoose.connect(engine.uri, { dbName: 'hw', serverSelectionTimeoutMS: 3000 });
const S = mongoose.model('S', new mongoose.Schema({ name: { type: String, unique: true }, n: Number, tags: [String] }, { timestamps: true }));
await S.init();
await S.create({ name: 'a', n: 1, tags: ['x'] });
console.log(await S.find({ name: 'a' }).lean());
await mongoose.connection.transaction(async (session) => {
  await S.create([{ name: 'b', n: 2 }], { session });
  console.log('inside', await S.countDocuments({}, { session }), 'outside', await S.countDocuments());
});
console.log(await S.countDocuments());
try { await S.create({ name: 'a' }); } catch (e) { console.log(e.message, e.keyValue, e.code); }
console.log(await S.findOneAndUpdate({ name: 'z' }, { $setOnInsert: { n: 9 }, $push: { tags: 'q' } }, { upsert: true, new: true }).lean());
console.log(await S.aggregate([{ $match: { n: { $gt: 0 } } }, { $group: { _id: null, s: { $sum: '$n' } } }]));
let t = Date.now(); const N = 3000;
for (let i = 0; i < N; i += 32) await Promise.all(Array.from({length:32},(_, j) => S.collection.insertOne({ name: 'i' + (i + j), n: i })));
console.log('inserts/s', Math.round(N / (Date.now() - t) * 1000));
t = Date.now();
for (let i = 0; i < 10000; i += 32) await Promise.all(Array.from({length:32},(_, j) => S.collection.findOne({ name: 'i' + (i + j) % 3000 })));
console.log('finds/s', Math.round(10000 / (Date.now() - t) * 1000));
await mongoose.disconnect();
await engine.close();
