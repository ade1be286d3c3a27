// mongoose, unchanged, as both servers of the product use it.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { contract } from './contract.ts';

const accountSchema = new mongoose.Schema(
  {
    email: { type: String, unique: true, required: true },
    passwordHash: { type: String, select: false },
    roles: [String],
    room: { type: mongoose.Schema.Types.ObjectId, ref: 'Room' },
  },
  { timestamps: true },
);
const roomSchema = new mongoose.Schema({ code: String, peers: [{ name: String, muted: Boolean }] });

contract('mongoose', (db, uri) => {
  let connection: mongoose.Connection;
  const Account = () => connection.model('Account', accountSchema);
  const Room = () => connection.model('Room', roomSchema);

  beforeAll(async () => {
    connection = await mongoose.createConnection(uri(), { dbName: db().databaseName }).asPromise();
    await Promise.all([Account().init(), Room().init()]);
  });
  afterAll(() => connection.close());

  it('creates, finds, changes and saves', async () => {
    const made = await Account().create({ email: 'a@example.org', passwordHash: 'secret', roles: ['host'] });
    const found = await Account().findOne({ email: 'a@example.org' });
    expect(found?.toObject()).toMatchObject({ email: 'a@example.org', roles: ['host'] });
    expect(found?.get('passwordHash')).toBeUndefined();
    expect(found?.createdAt).toBeInstanceOf(Date);
    made.roles.push('guest');
    await made.save();
    expect((await Account().findById(made._id).lean())?.roles).toEqual(['host', 'guest']);
    await expect(Account().create({ email: 'a@example.org' })).rejects.toMatchObject({
      code: 11000,
      keyValue: { email: 'a@example.org' },
    });
  });

  it('changes subdocuments in place, and populates', async () => {
    const room = await Room().create({ code: 'kite-river-42', peers: [{ name: 'a' }, { name: 'b' }] });
    const second = room.peers[1];
    if (!second) throw new Error('the second peer is missing');
    second.muted = true;
    await room.save();
    room.peers.pull(room.peers[0]?._id);
    await room.save();
    expect((await Room().findOne({ 'peers.name': 'b' }).lean())?.peers).toMatchObject([
      { name: 'b', muted: true },
    ]);
    await Account().create({ email: 'b@example.org', room: room._id });
    const populated = await Account()
      .findOne({ email: 'b@example.org' })
      .populate<{ room: { code: string } }>('room');
    expect(populated?.room.code).toBe('kite-river-42');
  });

  it('writes in bulk and reads with a cursor', async () => {
    const result = await Room().bulkWrite(
      ['x', 'y'].map((code) => ({
        updateOne: { filter: { code }, update: { $set: { code } }, upsert: true },
      })),
    );
    expect(result.upsertedCount).toBe(2);
    const codes: string[] = [];
    for await (const room of Room()
      .find({ code: { $in: ['x', 'y'] } })
      .sort('-code')
      .cursor())
      codes.push(String(room.code));
    expect(codes).toEqual(['y', 'x']);
    expect(await Room().exists({ code: 'x' })).not.toBeNull();
    expect(await Room().exists({ code: 'nowhere' })).toBeNull();
  });
});
