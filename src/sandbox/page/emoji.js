/** The short codes that a desk app is likely to use. @type {Record<string, string>} */
const codes = {
  '+1': '👍', '-1': '👎', adult: '🧑', airplane: '✈️', alarm_clock: '⏰', ambulance: '🚑', arrow_right: '➡️', arrow_up: '⬆️',
  arrows_counterclockwise: '🔄', ballot_box_with_check: '☑️', bell: '🔔', black_circle: '⚫', blue_circle: '🔵', bulb: '💡',
  busts_in_silhouette: '👥', calendar: '📅', bust_in_silhouette: '👤', camera: '📷', clipboard: '📋', clock1: '🕐',
  clock3: '🕒', earth_asia: '🌏', exclamation: '❗', eyes: '👀', file_folder: '📁', fire: '🔥', globe_with_meridians: '🌐',
  green_circle: '🟢', grey_exclamation: '❕', hash: '#️⃣', heart: '❤️', heavy_check_mark: '✔️', hospital: '🏥',
  hourglass: '⌛', hourglass_flowing_sand: '⏳', house: '🏠', inbox_tray: '📥', incoming_envelope: '📨', information_source: 'ℹ️',
  key: '🔑', label: '🏷️', large_blue_circle: '🔵', large_orange_circle: '🟠', large_yellow_circle: '🟡', link: '🔗', lock: '🔒',
  mag: '🔍', memo: '📝', no_entry: '⛔', no_entry_sign: '🚫', orange_circle: '🟠', outbox_tray: '📤', paperclip: '📎',
  passport_control: '🛂', pencil: '📝', pencil2: '✏️', phone: '☎️', pray: '🙏', pushpin: '📌', question: '❓', red_circle: '🔴',
  rotating_light: '🚨', round_pushpin: '📍', scroll: '📜', shield: '🛡️', sos: '🆘', speech_balloon: '💬', sparkles: '✨',
  tada: '🎉', telephone_receiver: '📞', thumbsup: '👍', triangular_flag_on_post: '🚩', unlock: '🔓', warning: '⚠️', wave: '👋',
  white_check_mark: '✅', white_circle: '⚪', x: '❌', yellow_circle: '🟡', zap: '⚡',
};

/** @param {string} name without colons */
export const emojiOf = (name) => codes[name];

/** @param {string} text */
export const withEmoji = (text) => text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => codes[name] ?? whole);
