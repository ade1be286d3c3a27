const streams = new WeakMap<MediaStreamTrack, MediaStream>();

/** The stream that holds just this track, made once: a new `srcObject` would make the picture flicker. */
export function streamOf(track: MediaStreamTrack): MediaStream {
  let stream = streams.get(track);
  if (!stream) {
    stream = new MediaStream([track]);
    streams.set(track, stream);
  }
  return stream;
}
