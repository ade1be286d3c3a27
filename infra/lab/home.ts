/** Where a participant sits: a machine behind a router with NAT and a firewall, whose line can be made worse. */
import { DelayLine } from './delay-line.ts';
import { Namespace } from './namespace.ts';
import { nothing, type Rule } from './rules.ts';

/** Of the queue before a slow line: what would wait longer is dropped, ms. */
const QUEUE_MS = 200;

export interface HomeOptions {
  name: string;
  /** Unique among the homes, 1 to 99. */
  number: number;
}

export class Home {
  readonly name: string;
  readonly client: Namespace;
  readonly #nat: Namespace;
  readonly #number: number;
  #clientAddress = 2;
  #publicAddress = 2;
  readonly #internet: Namespace;
  /** Interfaces of the router before which packets wait. */
  readonly #limited = new Set<'lan' | 'wan'>();
  #line: DelayLine | undefined;

  /** @param internet the namespace that all routers are connected to */
  constructor({ name, number }: HomeOptions, internet: Namespace) {
    this.name = name;
    this.#number = number;
    this.#internet = internet;
    this.client = new Namespace(name);
    this.#nat = new Namespace(`${name}-nat`);
    this.#nat.forwardPackets();
    this.#nat.connect('lan', this.client, 'eth0');
    this.#nat.connect('wan', internet, `to-${name}`);
    this.#nat.ip('addr', 'add', `${this.#lan(1)}/24`, 'dev', 'lan');
    this.client.ip('addr', 'add', `${this.#lan(this.#clientAddress)}/24`, 'dev', 'eth0');
    this.client.ip('route', 'add', 'default', 'via', this.#lan(1));
    internet.ip('addr', 'add', `${this.#wan(1)}/24`, 'dev', `to-${name}`);
    this.#nat.ip('addr', 'add', `${this.#wan(this.#publicAddress)}/24`, 'dev', 'wan');
    this.#nat.ip('route', 'add', 'default', 'via', this.#wan(1));
    this.#nat.nft(`table ip lab {
      chain translate { type nat hook postrouting priority srcnat; }
      chain firewall { type filter hook forward priority filter; }
    }`);
    this.restore();
  }

  /** An open network on a fast line, behind a NAT that keeps ports where it can. */
  restore(): void {
    this.useNat('plain');
    this.firewall();
    this.unlimited();
    this.#line?.set(0);
  }

  /** @param kind `symmetric` takes another random port for each destination */
  useNat(kind: 'plain' | 'symmetric'): void {
    const flags = kind === 'symmetric' ? ' random,fully-random' : '';
    this.#nat.nft(`flush chain ip lab translate
      add rule ip lab translate oifname "wan" masquerade${flags}`);
  }

  /** Puts these rules in the place of those before; without any, all is let through. */
  firewall(...rules: Rule[]): void {
    this.#nat.nft(
      ['flush chain ip lab firewall', ...rules.map((rule) => `add rule ip lab firewall ${rule}`)].join('\n'),
    );
  }

  /** @param bps of what comes to the client */
  limitDownlink(bps: number): void {
    this.#limit('lan', bps);
  }

  /** @param bps of what the client sends */
  limitUplink(bps: number): void {
    this.#limit('wan', bps);
  }

  unlimited(): void {
    for (const side of this.#limited) this.#nat.tc('qdisc', 'delete', 'dev', side, 'root');
    this.#limited.clear();
  }

  /** @param ms that each packet takes longer, each way */
  async delay(ms: number): Promise<void> {
    const { name } = this;
    this.#line ??= await DelayLine.open({
      router: this.#internet,
      name,
      cable: `to-${name}`,
      network: `${this.#wan(0)}/24`,
      table: 100 + this.#number,
    });
    this.#line.set(ms);
  }

  /** The lid is closed: no process of the machine goes on, and nothing comes or goes. */
  sleep(): void {
    this.firewall(nothing);
    this.client.signal('SIGSTOP');
  }

  wake(): void {
    this.firewall();
    this.client.signal('SIGCONT');
  }

  /** The machine moves to another address of its network, as from Wi-Fi to cable. */
  changeClientAddress(): void {
    this.client.ip('addr', 'delete', `${this.#lan(this.#clientAddress)}/24`, 'dev', 'eth0');
    this.#clientAddress = 5 - this.#clientAddress;
    this.client.ip('addr', 'add', `${this.#lan(this.#clientAddress)}/24`, 'dev', 'eth0');
    // With its last address an interface loses its routes.
    this.client.ip('route', 'add', 'default', 'via', this.#lan(1));
  }

  /** The router gets another public address, and with the old one the kernel forgets all that was translated to it. */
  changePublicAddress(): void {
    this.#nat.ip('addr', 'delete', `${this.#wan(this.#publicAddress)}/24`, 'dev', 'wan');
    this.#publicAddress = 5 - this.#publicAddress;
    this.#nat.ip('addr', 'add', `${this.#wan(this.#publicAddress)}/24`, 'dev', 'wan');
    this.#nat.ip('route', 'add', 'default', 'via', this.#wan(1));
  }

  #limit(side: 'lan' | 'wan', bps: number): void {
    this.#nat.tc(
      ...['qdisc', 'replace', 'dev', side, 'root', 'tbf'],
      ...['rate', `${bps}bit`, 'burst', '4kb', 'latency', `${QUEUE_MS}ms`],
    );
    this.#limited.add(side);
  }

  #lan(host: number): string {
    return `10.${this.#number}.0.${host}`;
  }

  #wan(host: number): string {
    return `10.100.${this.#number}.${host}`;
  }
}
