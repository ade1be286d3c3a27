/**
 * Every limit that client and servers must agree on, in one place.
 * Sizes are bytes, durations ms, rates per second.
 */
export const LIMITS = {
  /** bcrypt reads 72 bytes; the API hashes longer passwords first, so 128 characters all count. */
  passwordMin: 10,
  passwordMax: 128,
  displayNameMax: 64,
  emailMax: 254,
  roomNameMax: 80,
  roomsPerUser: 100,
  /** What a room may be set to hold. 500 viewers of one publisher were measured on two cores (infra/bench). */
  participantsPerRoom: 1000,
  /** What a new room holds unless its owner says otherwise. */
  participantsPerRoomDefault: 100,
  restBodyBytes: 100_000,

  accessTokenMs: 15 * 60_000,
  refreshTokenMs: 30 * 24 * 3_600_000,
  roomTokenMs: 60_000,
  /** The longest that somebody in a meeting can reach its files, and a guest can come back as the same person. */
  meetingTokenMs: 24 * 3_600_000,

  /** bcrypt reads 72 bytes of a room's password; longer ones are hashed first, as those of accounts. */
  roomPasswordMax: 128,
  /** People in the lobby that hosts are shown at a time, and answer at a time. */
  lobbyShown: 200,
  lobbyMessageMax: 300,
  /** People who wait at one room at a time, and sockets of one of them. */
  lobbyMax: 500,
  lobbySockets: 4,
  /** So long a socket may wait to be let in. Its client may knock anew. */
  waitingMs: 3_600_000,
  /** A meeting that everyone has left, or whose server is gone, goes on when somebody is back by then. */
  meetingResumesWithinMs: 5 * 60_000,
  /** What is kept of one meeting; what comes after that is not. */
  attendancesPerMeeting: 10_000,
  actsPerMeeting: 5_000,
  chatTextMax: 4_000,
  /** Messages that one `chatHistory` answers with. */
  chatPage: 50,
  /** One person's messages, reactions and votes: a burst of `points`, refilled over `perMs`. */
  conversationRate: { points: 40, perMs: 20_000 },
  fileNameMax: 120,
  fileBytes: 25_000_000,
  /** Files that were sent in one meeting. */
  filesPerMeeting: 200,
  /** Of these, one person's; with them what they have put there and not sent. */
  filesPerPerson: 50,
  /** So long a meeting's files are kept when it is over. Nobody can reach them any more then: it is `meetingTokenMs`. */
  filesKeptMs: 24 * 3_600_000,
  pollTextMax: 200,
  pollOptions: 10,
  pollsPerMeeting: 50,

  /** One signaling message. A produce with three encodings is about 3 kB, join with capabilities about 8 kB. */
  signalingMessageBytes: 64_000,
  /** Requests one socket may make: a burst of `points`, refilled over `perMs`. Turning a page costs two. */
  signalingRate: { points: 300, perMs: 10_000 },
  /** How long a client waits for the answer to a request. */
  signalingTimeoutMs: 10_000,
  /** A socket that is lost while media flows keeps its place for so long. */
  resumeWithinMs: 15_000,
  transportsPerPeer: 2,
  producersPerPeer: 4,
  consumersPerPeer: 128,
  /** Tiles that one client may show at a time; an operator can lower it. */
  tilesPerView: 49,
  /** One side of a tile, device pixels. */
  tilePixels: 16_384,
} as const;
