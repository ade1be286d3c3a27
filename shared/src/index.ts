/** Browser-safe contract. Anything that needs a server (mongoose) is behind `@vcallpe/shared/db`. */
export * from './deadline.ts';
export * from './errors.ts';
export * from './ids.ts';
export * from './limits.ts';
export * from './roles.ts';
export * from './room-code.ts';
export * from './room-token.ts';
export * from './rest/admin.ts';
export * from './rest/auth.ts';
export * from './rest/common.ts';
export * from './rest/me.ts';
export * from './rest/rooms.ts';
export * from './rest/routes.ts';
export * from './signaling/define.ts';
export * from './signaling/media.ts';
export * from './signaling/messages.ts';
