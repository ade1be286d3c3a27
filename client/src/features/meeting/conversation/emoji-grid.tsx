/** A small page of emoji. Screen readers know the names of emoji in every language. */
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import type { KeyboardEvent } from 'react';

const EMOJI = [
  ...'😀 😃 😄 😁 😆 😅 🤣 😂 🙂 🙃 😉 😊 😇 🥰 😍 😘 😋 😜 🤪 🤗 🤔 🤨 😐 🙄 😏 😬 😌 😴 😷 🤒 🥳 😎 🤓 😕 😮 😲'.split(
    ' ',
  ),
  ...'🥺 😢 😭 😱 😤 😡 🤯 👋 👌 🤞 👍 👎 👏 🙌 🙏 💪 👀 🧠 ❤️ 🧡 💛 💚 💙 💜 🔥 ✨ ⭐ 🎉 🎂 🏆 🚀 💡 ✅ ❌ ❓ ❗'.split(
    ' ',
  ),
  ...'☕ 🍕 🍎 🍻 🌞 🌧️ 🌈 🌍 🐱 🐶 🦊 🐢 ⚽ 🎵 📷 📌 📎 📅 ⏰ 💻 📈 🔒 🔗 🗑️'.split(' '),
] as const;

const COLUMNS = 8;

interface EmojiGridProps {
  onChoose: (emoji: string) => void;
}

export function EmojiGrid({ onChoose }: EmojiGridProps) {
  /** Arrows go over the grid, Tab leaves it. */
  const onKeyDown = ({ key, currentTarget, target }: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS }[key];
    const buttons = [...currentTarget.querySelectorAll('button')];
    const next = step && buttons[buttons.findIndex((button) => button === target) + step];
    if (next) next.focus();
  };
  return (
    <Box
      onKeyDown={onKeyDown}
      sx={{
        display: 'grid',
        gridTemplateColumns: `repeat(${COLUMNS}, 1fr)`,
        p: 1,
        width: 'min(328px, 100vw - 32px)',
        maxHeight: 260,
        overflowY: 'auto',
      }}
    >
      {EMOJI.map((emoji, index) => (
        <ButtonBase
          key={emoji}
          autoFocus={index === 0}
          tabIndex={index === 0 ? 0 : -1}
          onClick={() => onChoose(emoji)}
          sx={{
            fontSize: 22,
            aspectRatio: '1',
            borderRadius: 1,
            '&:hover, &:focus-visible': { bgcolor: 'action.hover' },
          }}
        >
          {emoji}
        </ButtonBase>
      ))}
    </Box>
  );
}
