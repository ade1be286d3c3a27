/** The RTP header extensions that are written and read here. */
export const URI = {
  mid: 'urn:ietf:params:rtp-hdrext:sdes:mid',
  rid: 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id',
  transportWideCc: 'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01',
  absSendTime: 'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time',
  audioLevel: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level',
  absCaptureTime: 'http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time',
} as const;

/** Ids under which publishers send them; subscribers take those of the rtpParameters that they get. */
export const SENT_ID = { mid: 1, rid: 2, transportWideCc: 3, absCaptureTime: 4, audioLevel: 5 } as const;
