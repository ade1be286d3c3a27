/** The DTLS client of the lean transport: werift's handshake, from which only the SRTP keys are taken. */
import { createSecretKey, X509Certificate } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import {
  CipherContext,
  DtlsClient,
  HashAlgorithm,
  NamedCurveAlgorithm,
  ProtectionProfileAeadAes128Gcm,
  SignatureAlgorithm,
} from 'werift';
import type { DtlsParameters } from '@vcallpe/shared';
import './native-x25519.ts';
import { KEY_LENGTH, SALT_LENGTH, type SrtpKeys } from './srtp.ts';

type Certificate = Awaited<ReturnType<typeof CipherContext.createSelfSignedCertificateWithKey>>;

let certificate: Promise<Certificate> | undefined;

/** One for the whole process, because making one takes longer than a handshake. */
function ownCertificate(): Promise<Certificate> {
  certificate ??= CipherContext.createSelfSignedCertificateWithKey(
    { signature: SignatureAlgorithm.ecdsa_3, hash: HashAlgorithm.sha256_4 },
    NamedCurveAlgorithm.secp256r1_23,
  );
  return certificate;
}

export async function ownDtlsParameters(): Promise<DtlsParameters> {
  const { certPem } = await ownCertificate();
  const value = new X509Certificate(certPem).fingerprint256;
  return { role: 'client', fingerprints: [{ algorithm: 'sha-256', value }] };
}

export interface SessionKeys {
  local: SrtpKeys;
  remote: SrtpKeys;
}

export class DtlsHandshake {
  /** Rejects when the handshake fails, or the SFU is not the one that its signaling announced. */
  readonly keys: Promise<SessionKeys>;
  readonly #send: (packet: Buffer) => void;
  readonly #client: DtlsClient;
  #receive: (packet: Buffer) => void = () => {};
  #hello: Buffer | undefined;
  #answered = false;

  private constructor(own: Certificate, remote: DtlsParameters, send: (packet: Buffer) => void) {
    this.#send = send;
    this.#client = new DtlsClient({
      cert: own.certPem,
      key: own.keyPem,
      signatureHash: own.signatureHash,
      srtpProfiles: [ProtectionProfileAeadAes128Gcm],
      extendedMasterSecret: true,
      transport: this.#weriftTransport(),
    });
    this.keys = new Promise((resolve, reject) => {
      this.#client.onError.once(reject);
      this.#client.onConnect.once(() => {
        try {
          resolve(this.#sessionKeys(remote));
        } catch (error) {
          reject(error);
        }
      });
      // Rejects when its retransmissions are used up.
      this.#client.connect().catch(reject);
    });
  }

  /** Sends the ClientHello. */
  static async start(remote: DtlsParameters, send: (packet: Buffer) => void): Promise<DtlsHandshake> {
    return new DtlsHandshake(await ownCertificate(), remote, send);
  }

  received(packet: Buffer): void {
    this.#answered = true;
    this.#receive(packet);
  }

  /**
   * An SFU ignores the ClientHello that comes before it was told our fingerprint, and DTLS itself waits a second before it
   * tries again. To be called every few ms; the other side drops what it has had already as a replay.
   */
  repeatHello(): void {
    if (!this.#answered && this.#hello) this.#send(this.#hello);
  }

  #sessionKeys(remote: DtlsParameters): SessionKeys {
    if (this.#client.srtp.srtpProfile !== ProtectionProfileAeadAes128Gcm) {
      throw new Error('The SFU does not speak SRTP with AEAD_AES_128_GCM');
    }
    const presented = this.#client.remoteCertificate;
    const expected = remote.fingerprints.find(({ algorithm }) => algorithm === 'sha-256')?.value;
    if (!presented || new X509Certificate(presented).fingerprint256 !== expected?.toUpperCase()) {
      throw new Error('The certificate of the SFU is not the one that its signaling announced');
    }
    const { localKey, localSalt, remoteKey, remoteSalt } = this.#client.extractSessionKeys(
      KEY_LENGTH,
      SALT_LENGTH,
    );
    return {
      local: { masterKey: createSecretKey(localKey), masterSalt: localSalt },
      remote: { masterKey: createSecretKey(remoteKey), masterSalt: remoteSalt },
    };
  }

  #weriftTransport(): ConstructorParameters<typeof DtlsClient>[0]['transport'] {
    const address: AddressInfo = { address: '', family: 'IPv4', port: 0 };
    const setReceive = (receive: (packet: Buffer) => void) => (this.#receive = receive);
    return {
      type: 'udp',
      address,
      closed: false,
      send: async (packet) => {
        this.#hello ??= packet;
        this.#send(packet);
      },
      close: async () => {},
      get onData() {
        return () => {};
      },
      set onData(receive: (packet: Buffer, from: readonly [string, number]) => void) {
        setReceive((packet) => receive(packet, ['', 0]));
      },
    };
  }
}
