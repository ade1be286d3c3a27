/** lib.dom has this dictionary empty: https://w3c.github.io/webrtc-extensions/#rtcrtpsender-setparameters-keyframe */
interface KeyFrameOptions extends RTCSetParameterOptions {
  encodingOptions: { keyFrame: boolean }[];
}

/**
 * Has the browser send a keyframe of each layer next. A help and no more: a browser that does not know the option
 * (Chromium 156 does) changes nothing, and a sender that has ended needs none.
 */
export async function sendKeyFrame(sender: RTCRtpSender): Promise<void> {
  const parameters = sender.getParameters();
  const options: KeyFrameOptions = { encodingOptions: parameters.encodings.map(() => ({ keyFrame: true })) };
  await sender.setParameters(parameters, options).catch(() => undefined);
}
