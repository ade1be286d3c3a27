// Aggregation pipelines.
import { beforeAll, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { contract } from './contract.ts';

const { ObjectId } = mongoose.mongo;

contract('aggregation', (db) => {
  const users = [new ObjectId(), new ObjectId(), new ObjectId()] as const;
  const run = async (...pipeline: object[]): Promise<unknown[]> =>
    db().collection('visits').aggregate(pipeline).toArray();

  beforeAll(async () => {
    await db()
      .collection<{ _id: mongoose.mongo.ObjectId; name: string }>('users')
      .insertMany([
        { _id: users[0], name: 'Ada' },
        { _id: users[1], name: 'Bo' },
      ]);
    await db()
      .collection<{ _id: number; [field: string]: unknown }>('visits')
      .insertMany([
        { _id: 1, user: users[0], room: 'kite', minutes: 10, tags: ['a', 'b'], at: new Date(1000) },
        { _id: 2, user: users[1], room: 'kite', minutes: 20, tags: [], at: new Date(3000) },
        { _id: 3, user: users[0], room: 'river', minutes: 5.5, at: new Date(2000) },
        { _id: 4, user: users[2], room: 'river', minutes: null, tags: ['b'], at: new Date(500) },
      ]);
  });

  it('groups', async () => {
    const grouped = await run(
      {
        $group: {
          _id: '$room',
          n: { $sum: 1 },
          count: { $count: {} },
          minutes: { $sum: '$minutes' },
          mean: { $avg: '$minutes' },
          longest: { $max: '$minutes' },
          first: { $min: '$at' },
          users: { $addToSet: '$user' },
          all: { $push: '$_id' },
        },
      },
      { $sort: { _id: 1 } },
    );
    expect(grouped).toMatchObject([
      { _id: 'kite', n: 2, count: 2, minutes: 30, mean: 15, longest: 20, first: new Date(1000), all: [1, 2] },
      {
        _id: 'river',
        n: 2,
        count: 2,
        minutes: 5.5,
        mean: 5.5,
        longest: 5.5,
        first: new Date(500),
        all: [3, 4],
      },
    ]);
    expect(new Set((grouped[0] as { users: object[] }).users.map(String))).toEqual(
      new Set([users[0], users[1]].map(String)),
    );
  });

  it('groups by ObjectId, by several fields, and over everything', async () => {
    const byUser = await run({ $group: { _id: '$user', n: { $sum: 1 } } }, { $match: { _id: users[0] } });
    expect(byUser).toEqual([{ _id: users[0], n: 2 }]);
    const byBoth = await run({ $group: { _id: { r: '$room', u: '$user' }, n: { $sum: 1 } } });
    expect(byBoth).toHaveLength(4);
    expect(await run({ $group: { _id: null, first: { $first: '$_id' }, last: { $last: '$_id' } } })).toEqual([
      { _id: null, first: 1, last: 4 },
    ]);
    expect(await run({ $match: { _id: 99 } }, { $group: { _id: null, n: { $sum: 1 } } })).toEqual([]);
    expect(await run({ $sortByCount: '$room' })).toHaveLength(2);
  });

  it('groups by bytes exactly', async () => {
    const bytes = [[0xff], [0xfe], [0xff]].map((list) => new mongoose.mongo.Binary(Buffer.from(list)));
    await db()
      .collection('bytes')
      .insertMany(bytes.map((b) => ({ b })));
    expect(
      await db()
        .collection('bytes')
        .aggregate([{ $group: { _id: '$b', n: { $sum: 1 } } }])
        .toArray(),
    ).toHaveLength(2);
  });

  it('joins', async () => {
    const joined = await run(
      { $match: { room: 'river' } },
      { $lookup: { from: 'users', localField: 'user', foreignField: '_id', as: 'who' } },
      { $sort: { _id: 1 } },
      { $project: { who: 1 } },
    );
    expect(joined).toEqual([
      { _id: 3, who: [{ _id: users[0], name: 'Ada' }] },
      { _id: 4, who: [] },
    ]);
    const piped = await run(
      { $match: { _id: 1 } },
      {
        $lookup: {
          from: 'visits',
          let: { room: '$room', id: '$_id' },
          pipeline: [
            { $match: { $expr: { $and: [{ $eq: ['$room', '$$room'] }, { $ne: ['$_id', '$$id'] }] } } },
            { $project: { _id: 1 } },
          ],
          as: 'others',
        },
      },
      { $project: { others: 1 } },
    );
    expect(piped).toEqual([{ _id: 1, others: [{ _id: 2 }] }]);
  });

  it('unwinds', async () => {
    expect(
      await run({ $unwind: '$tags' }, { $project: { tags: 1 } }, { $sort: { _id: 1, tags: 1 } }),
    ).toEqual([
      { _id: 1, tags: 'a' },
      { _id: 1, tags: 'b' },
      { _id: 4, tags: 'b' },
    ]);
    const kept = await run(
      { $unwind: { path: '$tags', preserveNullAndEmptyArrays: true } },
      { $project: { tags: 1 } },
    );
    expect(kept).toEqual([
      { _id: 1, tags: 'a' },
      { _id: 1, tags: 'b' },
      { _id: 2 },
      { _id: 3 },
      { _id: 4, tags: 'b' },
    ]);
    await db().collection('empties').insertOne({ s: '', o: {} });
    expect(
      await db()
        .collection('empties')
        .aggregate([{ $unwind: '$s' }, { $unwind: '$o' }])
        .toArray(),
    ).toHaveLength(1);
  });

  it('pages with $facet, $skip, $limit and $count', async () => {
    expect(
      await run(
        { $sort: { at: 1 } },
        {
          $facet: { page: [{ $skip: 1 }, { $limit: 2 }, { $project: { _id: 1 } }], total: [{ $count: 'n' }] },
        },
      ),
    ).toEqual([{ page: [{ _id: 1 }, { _id: 3 }], total: [{ n: 4 }] }]);
    expect(await run({ $match: { _id: 99 } }, { $count: 'n' })).toEqual([]);
  });

  it('computes', async () => {
    const [computed] = await run(
      { $match: { _id: 1 } },
      {
        $project: {
          _id: 0,
          sum: { $add: ['$minutes', 5, { $multiply: [2, 3] }] },
          less: { $subtract: ['$minutes', 1] },
          half: { $divide: ['$minutes', 2] },
          label: { $concat: [{ $toUpper: '$room' }, '-', 'x'] },
          long: { $cond: [{ $gte: ['$minutes', 10] }, 'yes', 'no'] },
          or: { $ifNull: ['$nothing', 'default'] },
          missing: '$nothing',
          has: { $in: ['a', '$tags'] },
          size: { $size: '$tags' },
          second: { $arrayElemAt: ['$tags', 1] },
          mapped: { $map: { input: '$tags', as: 't', in: { $concat: ['$$t', '!'] } } },
          filtered: { $filter: { input: '$tags', as: 't', cond: { $ne: ['$$t', 'a'] } } },
          most: { $max: ['$minutes', 99] },
          literal: { $literal: '$room' },
          elapsed: { $subtract: [new Date(5000), '$at'] },
          switched: { $switch: { branches: [{ case: { $eq: ['$room', 'kite'] }, then: 1 }], default: 2 } },
          absent: { $eq: ['$nothing', null] },
        },
      },
    );
    expect(computed).toEqual({
      sum: 21,
      less: 9,
      half: 5,
      label: 'KITE-x',
      long: 'yes',
      or: 'default',
      has: true,
      size: 2,
      second: 'b',
      mapped: ['a!', 'b!'],
      filtered: ['b'],
      most: 99,
      literal: '$room',
      elapsed: 4000,
      switched: 1,
      absent: false,
    });
  });

  it('shapes', async () => {
    expect(
      await run(
        { $match: { _id: 1 } },
        { $set: { 'x.y': '$room', room: 'new' } },
        { $unset: ['user', 'tags', 'at'] },
      ),
    ).toEqual([{ _id: 1, room: 'new', minutes: 10, x: { y: 'kite' } }]);
    expect(await run({ $match: { _id: 2 } }, { $project: { user: 0, tags: 0, at: 0 } })).toEqual([
      { _id: 2, room: 'kite', minutes: 20 },
    ]);
    expect(await run({ $match: { _id: 2 } }, { $replaceRoot: { newRoot: { only: '$room' } } })).toEqual([
      { only: 'kite' },
    ]);
    expect(
      await run(
        { $match: { _id: 2 } },
        { $replaceWith: { $mergeObjects: [{ a: 1, b: 1 }, { b: '$room' }] } },
      ),
    ).toEqual([{ a: 1, b: 'kite' }]);
  });
});
