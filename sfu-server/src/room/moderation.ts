/**
 * What those who run a meeting do to others. The server does it itself where it can (a muted microphone is paused here, a
 * stopped camera closed), so that no client can ignore it; whom it concerns is told, and the record keeps it.
 */
import { AppError, may, mayActOn, type GrantableRole, type PeerId, type VideoSource } from '@vcallpe/shared';
import { tell } from './announcements.ts';
import { setHand } from './gestures.ts';
import type { Peer } from './peer.ts';
import type { Room } from './room.ts';

/** @throws {AppError} NOT_FOUND; FORBIDDEN when nobody of the actor's role acts on one of the other's */
function target(room: Room, actor: Peer, peerId: PeerId): Peer {
  const peer = present(room, peerId);
  if (!mayActOn(actor.identity.role, peer.identity.role)) {
    throw new AppError('FORBIDDEN', `${peer.identity.displayName} runs this meeting too`);
  }
  return peer;
}

/** @throws {AppError} NOT_FOUND */
function present(room: Room, peerId: PeerId): Peer {
  const peer = room.peers.get(peerId);
  if (!peer?.joined) throw new AppError('NOT_FOUND', 'This person has left the meeting');
  return peer;
}

/** @returns whether there was something to mute */
async function muteAndTell(peer: Peer, by: Peer): Promise<boolean> {
  const producer = peer.producerOf('microphone');
  if (!producer || producer.paused) return false;
  await producer.pause();
  peer.heldBack.set('microphone', tell(peer, by, { act: 'muted' }));
  return true;
}

export async function mute(room: Room, actor: Peer, peerId: PeerId): Promise<void> {
  const peer = target(room, actor, peerId);
  if (!(await muteAndTell(peer, actor))) return;
  room.meeting.note('muted', actor.identity, { whom: peer.identity });
}

/** Everyone but those who run the meeting. @returns how many */
export async function muteAll(room: Room, actor: Peer): Promise<number> {
  const others = [...room.joinedPeers()].filter(({ identity }) => !may(identity.role, 'moderate'));
  const muted = await Promise.all(others.map((peer) => muteAndTell(peer, actor)));
  const count = muted.filter(Boolean).length;
  room.meeting.note('mutedAll', actor.identity, { detail: String(count) });
  return count;
}

export function askToUnmute(room: Room, actor: Peer, peerId: PeerId): void {
  const peer = target(room, actor, peerId);
  tell(peer, actor, { act: 'unmuteAsked' });
  room.meeting.note('unmuteAsked', actor.identity, { whom: peer.identity });
}

/** A share goes with its sound. */
export function stopVideo(room: Room, actor: Peer, peerId: PeerId, source: VideoSource): void {
  const peer = target(room, actor, peerId);
  const producer = peer.producerOf(source);
  if (!producer) return;
  producer.close();
  if (source === 'screen') peer.producerOf('screenAudio')?.close();
  const told = tell(peer, actor, { act: 'videoStopped', source });
  peer.heldBack.set(source, told);
  if (source === 'screen') peer.heldBack.set('screenAudio', told);
  room.meeting.note('videoStopped', actor.identity, { whom: peer.identity, detail: source });
}

/** Out, and not back in this meeting: nor unseen under another name, as who is new has to knock from now on. */
export function removePeer(room: Room, actor: Peer, peerId: PeerId): void {
  const peer = target(room, actor, peerId);
  room.meeting.remove(peer.identity.participantId);
  room.meeting.note('removed', actor.identity, { whom: peer.identity });
  room.leave(peer, 'removed');
  peer.channel.end('removed');
  room.admission.tellBarred();
}

/** What the new role does not allow ends at once. */
export function setRole(room: Room, actor: Peer, peerId: PeerId, role: GrantableRole): void {
  const peer = target(room, actor, peerId);
  const before = peer.identity.role;
  if (before === role) return;
  room.meeting.setRole(peer, role);
  room.meeting.note('roleChanged', actor.identity, { whom: peer.identity, detail: role });
  for (const producer of [...peer.producers.values()]) {
    if (!may(role, producer.appData.source)) producer.close();
  }
  if (!may(role, 'raiseHand')) setHand(room, peer, false);
  room.changed(peer);
  tell(peer, actor, { act: 'roleChanged', role });
  const { admission } = room;
  if (may(role, 'admit')) {
    peer.channel.send('lobbyChanged', { waiting: admission.lobby.view() });
    peer.channel.send('barredChanged', { barred: room.meeting.barred });
    admission.review();
  } else if (may(before, 'admit')) {
    peer.channel.send('lobbyChanged', { waiting: [] });
    peer.channel.send('barredChanged', { barred: [] });
  }
}

/** Anybody can be shown to all, the owner too: it takes nothing from them. */
export function setSpotlight(room: Room, actor: Peer, peerId: PeerId | undefined): void {
  const { meeting } = room;
  const peer = peerId === undefined ? undefined : present(room, peerId);
  const before = meeting.spotlight;
  if (before === peer?.identity.participantId) return;
  meeting.setSpotlight(peer?.identity.participantId);
  if (peer) meeting.note('spotlit', actor.identity, { whom: peer.identity });
  else meeting.note('spotlightEnded', actor.identity);
  room.tellMeeting();
  for (const other of room.joinedPeers()) {
    if (other === actor) continue;
    if (other === peer) tell(other, actor, { act: 'spotlit' });
    else if (other.identity.participantId === before) tell(other, actor, { act: 'spotlightEnded' });
  }
}

export function lowerHand(room: Room, actor: Peer, peerId: PeerId): void {
  const peer = target(room, actor, peerId);
  if (peer.handRaisedAt === undefined) return;
  setHand(room, peer, false);
  tell(peer, actor, { act: 'handLowered' });
  room.meeting.note('handLowered', actor.identity, { whom: peer.identity });
}

export function endMeeting(room: Room, actor: Peer): void {
  room.meeting.note('ended', actor.identity);
  room.close('meetingEnded');
}
