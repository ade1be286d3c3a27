/** Chat, reactions, hands and polls. */
import { z } from 'zod';
import { ObjectIdHex, ParticipantId, PeerId } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { DisplayName } from '../rest/common.ts';
import { event, request } from './define.ts';

const none = z.object({});

/** A file as it stands in a message; its bytes come from `GET /rooms/:code/files/:fileId`. */
export const FileView = z.object({
  fileId: ObjectIdHex,
  name: z.string().min(1).max(LIMITS.fileNameMax),
  /** As the server found it to be by its first bytes, not as the sender says. */
  type: z.string(),
  bytes: z.number().int().nonnegative(),
});
export type FileView = z.infer<typeof FileView>;

export const ChatMessage = z.object({
  /** Grows with each message of the room; there may be gaps. Messages are shown in this order. */
  seq: z.number().int().positive(),
  /** Chosen by the sender: the same one sent again is the same message. */
  messageId: z.uuid(),
  from: z.object({ participantId: ParticipantId, displayName: DisplayName }),
  /** Only this person and the sender ever get it. */
  to: z.object({ participantId: ParticipantId, displayName: DisplayName }).optional(),
  text: z.string().max(LIMITS.chatTextMax),
  file: FileView.optional(),
  /** Unix time, ms, by the server's clock. */
  sentAt: z.number().int(),
});
export type ChatMessage = z.infer<typeof ChatMessage>;

export const PollView = z.object({
  pollId: ObjectIdHex,
  question: z.string().trim().min(1).max(LIMITS.pollTextMax),
  options: z
    .array(
      z.object({
        text: z.string().trim().min(1).max(LIMITS.pollTextMax),
        votes: z.number().int().nonnegative(),
      }),
    )
    .min(2)
    .max(LIMITS.pollOptions),
  multiple: z.boolean(),
  by: z.object({ participantId: ParticipantId, displayName: DisplayName }),
  startedAt: z.number().int(),
  closed: z.boolean(),
  voters: z.number().int().nonnegative(),
});
export type PollView = z.infer<typeof PollView>;

/** Reactions are chosen from here, so that nobody sends words as one. */
export const REACTIONS = ['👍', '👏', '❤️', '😂', '😮', '😢', '🎉', '✅', '❌'] as const;
export const Reaction = z.enum(REACTIONS);
export type Reaction = z.infer<typeof Reaction>;

const pollId = z.object({ pollId: ObjectIdHex });

export const CONVERSATION_REQUESTS = {
  /** Answered when it is stored: from then on it is never lost. */
  sendChat: request({
    input: z
      .object({
        messageId: z.uuid(),
        text: z.string().max(LIMITS.chatTextMax),
        to: ParticipantId.optional(),
        fileId: ObjectIdHex.optional(),
      })
      .refine(({ text, fileId }) => text.trim() !== '' || fileId !== undefined, 'A message says something'),
    output: ChatMessage,
  }),
  /**
   * Messages that this person may see, in order: those after `after`, oldest first; or the newest ones before `before`,
   * or the newest of all. `more`: there are others beyond these in the same direction.
   */
  chatHistory: request({
    input: z.object({
      after: z.number().int().nonnegative().optional(),
      before: z.number().int().positive().optional(),
    }),
    output: z.object({ messages: z.array(ChatMessage), more: z.boolean() }),
  }),
  react: request({ input: z.object({ reaction: Reaction }), output: none }),
  setHand: request({ input: z.object({ raised: z.boolean() }), output: none }),
  /** `startId` is chosen by the client: the same one sent again is the same poll. */
  startPoll: request({
    input: z.object({
      startId: z.uuid(),
      question: z.string().trim().min(1).max(LIMITS.pollTextMax),
      options: z.array(z.string().trim().min(1).max(LIMITS.pollTextMax)).min(2).max(LIMITS.pollOptions),
      multiple: z.boolean(),
    }),
    output: PollView,
  }),
  /** Replaces the vote that this person gave before; empty takes it back. */
  vote: request({
    input: pollId.extend({ choices: z.array(z.number().int().nonnegative()).max(LIMITS.pollOptions) }),
    output: PollView,
  }),
  closePoll: request({ input: pollId, output: PollView }),
  /** Polls of this meeting, oldest first, each with what this person chose. */
  listPolls: request({
    input: none,
    output: z.object({
      polls: z.array(PollView.extend({ myChoices: z.array(z.number().int()) })),
    }),
  }),
} as const;

export const CONVERSATION_EVENTS = {
  /** New messages in order of `seq`. After a time without a connection `chatHistory` brings what was missed. */
  chat: event(z.object({ messages: z.array(ChatMessage) })),
  reactions: event(z.object({ reactions: z.array(z.object({ peerId: PeerId, reaction: Reaction })) })),
  pollChanged: event(z.object({ poll: PollView })),
} as const;
