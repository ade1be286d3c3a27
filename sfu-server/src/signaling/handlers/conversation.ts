/** Chat, reactions, hands and polls: who may do what, how often, and what belongs to whom. */
import {
  AppError,
  LIMITS,
  may,
  type Capability,
  type FileView,
  type Input,
  type ParticipantId,
} from '@vcallpe/shared';
import type { Database, PersonDoc } from '@vcallpe/shared/db';
import { Chat } from '../../room/chat.ts';
import { Reactions, setHand } from '../../room/gestures.ts';
import type { Peer } from '../../room/peer.ts';
import { Polls } from '../../room/polls.ts';
import type { Room } from '../../room/room.ts';
import type { Handlers } from '../dispatch.ts';
import { TokenBucket } from '../../token-bucket.ts';
import type { Place, Session } from '../session.ts';

type ConversationMethod =
  'sendChat' | 'chatHistory' | 'react' | 'setHand' | 'startPoll' | 'vote' | 'closePoll' | 'listPolls';

/** What goes on between the people of one running room. */
class Conversation {
  readonly chat: Chat;
  readonly polls: Polls;
  readonly reactions: Reactions;
  /** By person and not by socket, so that coming in again gives nobody a new allowance. */
  readonly #buckets = new Map<ParticipantId, TokenBucket>();
  readonly #rateScale: number;

  constructor(room: Room, database: Database, rateScale: number) {
    this.chat = new Chat(room, database);
    this.polls = new Polls(room, database.polls);
    this.reactions = new Reactions((payload) => room.tell('reactions', payload));
    this.#rateScale = rateScale;
  }

  /** @throws {AppError} RATE_LIMITED */
  take({ identity: { participantId } }: Peer): void {
    let bucket = this.#buckets.get(participantId);
    if (!bucket) {
      const { points, perMs } = LIMITS.conversationRate;
      bucket = new TokenBucket({ points: points * this.#rateScale, perMs });
      this.#buckets.set(participantId, bucket);
    }
    if (!bucket.take()) throw new AppError('RATE_LIMITED', 'That is a lot at once: wait a moment');
  }
}

/** @param rateScale multiplies how often one person may do any of this */
export function conversationHandlers(
  database: Database,
  rateScale: number,
): Pick<Handlers, ConversationMethod> {
  const conversations = new WeakMap<Room, Conversation>();

  const at = (session: Session): Place & { conversation: Conversation } => {
    const { room, peer } = session.place;
    let conversation = conversations.get(room);
    if (!conversation) {
      conversation = new Conversation(room, database, rateScale);
      conversations.set(room, conversation);
    }
    return { room, peer, conversation };
  };
  /** The same for what not everybody may do, nor as often as they like. */
  const act = (session: Session, ...needed: Capability[]) => {
    const place = at(session);
    const { role } = place.peer.identity;
    if (!needed.every((capability) => may(role, capability))) {
      throw new AppError('FORBIDDEN', 'Your role in this meeting does not allow that');
    }
    place.conversation.take(place.peer);
    return place;
  };

  return {
    async sendChat(session, input) {
      const { messageId, text, fileId } = input;
      const { room, peer, conversation } = act(session, 'chat', ...(fileId ? (['sendFile'] as const) : []));
      const from = personOf(peer);
      const to = addressee(room, peer, input.to);
      if (input.to && !to) {
        // They may have left after the message was stored, and before its sender heard that it was.
        const made = await conversation.chat.find(from.participantId, messageId);
        if (made) return made;
        throw new AppError('NOT_FOUND', 'This person has left the meeting');
      }
      const file = fileId === undefined ? undefined : await claimFile(database, room, peer, input, fileId);
      return conversation.chat.send({ messageId, from, to, text: text.trim(), file });
    },

    chatHistory(session, range) {
      // What was said in meetings before this one is not for who comes to this one.
      const { room, peer, conversation } = at(session);
      return conversation.chat.history(peer.identity.participantId, room.meeting.startedAt, range);
    },

    react(session, { reaction }) {
      const { peer, conversation } = act(session, 'react');
      conversation.reactions.add(peer.id, reaction);
      return {};
    },

    setHand(session, { raised }) {
      // A hand comes down also when its owner may no longer raise it.
      const { room, peer } = raised ? act(session, 'raiseHand') : act(session);
      setHand(room, peer, raised);
      return {};
    },

    startPoll(session, input) {
      const { room, peer, conversation } = act(session, 'runPoll');
      return conversation.polls.start(personOf(peer), room.meeting.startedAt, input);
    },

    vote(session, { pollId, choices }) {
      const { peer, conversation } = act(session, 'vote');
      return conversation.polls.vote(peer.identity.participantId, pollId, choices);
    },

    closePoll(session, { pollId }) {
      const { peer, conversation } = act(session, 'runPoll');
      const { participantId, role } = peer.identity;
      return conversation.polls.close(participantId, pollId, may(role, 'moderate'));
    },

    async listPolls(session) {
      const { room, peer, conversation } = at(session);
      return { polls: await conversation.polls.list(peer.identity.participantId, room.meeting.startedAt) };
    },
  };
}

function personOf({ identity: { participantId, displayName } }: Peer): PersonDoc {
  return { participantId, displayName };
}

/** Who gets a private message; undefined for one to all, and for somebody who is not there. */
function addressee(room: Room, sender: Peer, to: ParticipantId | undefined): PersonDoc | undefined {
  if (to === undefined) return undefined;
  if (to === sender.identity.participantId) {
    throw new AppError('VALIDATION_FAILED', 'A private message is for somebody else');
  }
  for (const peer of room.joinedPeers()) if (peer.identity.participantId === to) return personOf(peer);
  return undefined;
}

/**
 * Takes a file that this person has sent, for these same readers, into this message; again and again into the same one.
 *
 * @throws {AppError} NOT_FOUND
 */
async function claimFile(
  { chatFiles }: Database,
  room: Room,
  peer: Peer,
  { messageId, to }: Input<'sendChat'>,
  fileId: string,
): Promise<FileView> {
  const file = await chatFiles
    .findOneAndUpdate(
      {
        _id: fileId,
        roomId: room.info.id,
        // One that was put there for the meeting before this one is not for who is in this one.
        meetingId: room.meeting.id,
        from: peer.identity.participantId,
        to: to ?? { $exists: false },
        complete: true,
        $or: [{ messageId: { $exists: false } }, { messageId }],
      },
      { $set: { messageId } },
      { returnDocument: 'after' },
    )
    .lean();
  if (!file) throw new AppError('NOT_FOUND', 'This file is not there any more: send it again');
  return { fileId, name: file.name, type: file.type, bytes: file.bytes };
}
