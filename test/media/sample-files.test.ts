import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { examine } from './examine.ts';

// Footage of all sorts, from import to the exported film. `npm run campaign -- media FOLDER` does the same for a folder
// of anybody's.

// A dozen runs of ffmpeg for each file: the limit only ends a wait that nothing will end.
vi.setConfig({ testTimeout: 600_000, maxConcurrency: 3 });

// What each file is: see `describeMedia`. The rest is the same for all: first, middle and last frame to the bit, in time,
// upright, in colour, and the sound in its place.
const table: Readonly<Record<string, string>> = {
  'alpha_qtrle_1080p25.mov':
    'mov | qtrle argb 1920x1080 alpha | 1920x1080 | 32 at 25/1 constant | rgb full | aac 2ch 48000 from 0 for 61440',
  'audio_eac3_5_1.mp4': 'mp4 | eac3 6ch 48000 counted from 0 for 13824',
  'audio_opus_5_1.mka': 'matroska | opus 6ch 48000 from 0 for 132528',
  'bbb_avc_bpyramid_sar64x45.mp4':
    'mp4 | h264 yuv420p 800x640 pixels 64:45 | 1138x640 | 120 at 30/1 constant | bt601? limited',
  'bbb_vp9_60fps_vorbis_5_1.webm':
    'webm | vp9 yuv420p 960x540 | 960x540 | 24 at 60/1 constant | bt601 limited | vorbis 6ch 48000 from 0 for 19248',
  'bt601_matrix.mov':
    'mov | h264 yuv420p 640x428 | 640x428 | 30 at 30000/1001 constant | bt601 limited | aac 1ch 44100 from 1940 for 44951',
  'burnin_mmssff_30s.mp4': 'mp4 | h264 yuv420p 320x240 | 320x240 | 900 at 30/1 constant | bt601? limited',
  'cars_topdown_12_5fps.mp4':
    'mp4 | h264 yuv420p 768x432 | 768x432 | 13 at 25/2 constant | bt601 limited | aac 2ch 48000 from 0 for 48128',
  'chromakey_greenscreen.mp4':
    'mp4 | h264 yuv420p 480x512 | 480x512 | 145 at 25/1 constant | bt601? limited | aac 1ch 48000 from 0 for 278736',
  'city_320x240_60fps_5s.mp4':
    'mp4 | h264 yuv420p 320x240 | 320x240 | 30 at 60/1 constant | bt601 full | aac 2ch 48000 from 0 for 24835',
  'counting_mpeg4asp_data_tracks.mp4': 'mp4 | mpeg4 yuv420p 352x288 | 352x288 | 295 at 30/1 constant | bt601 full',
  'editlist_video_starts_1s_late.mp4':
    'mp4 | h264 yuv420p 1920x1080 | 1920x1080 | 270 at 30/1 constant | bt709? limited | aac 2ch 48000 from -48000 for 432240',
  'embedded_srt.mkv':
    'matroska | h264 yuv420p 1080x720 | 1080x720 | 30 at 30/1 constant | bt709? limited | ac3 1ch 44100 from 2734 for 47275',
  'flower_960x540_2997.mp4':
    'mp4 | h264 yuv420p 960x540 | 960x540 | 16 at 30000/1001 constant | bt601 limited | aac 2ch 48000 from 0 for 24576',
  'flower_alpha_prores4444.mov':
    'mov | prores yuva444p12le 192x108 alpha | 192x108 | 3 at 24/1 constant | bt601 limited',
  'flower_alpha_vp9.webm': 'webm | vp9 yuva420p 320x180 alpha | 320x180 | 60 at 30000/1001 constant | bt601 limited',
  'gamma22_transfer_fullrange.mp4':
    'mp4 | h264 yuv420p 320x240 | 320x240 | 60 at 60/1 constant | bt601 full | aac 2ch 48000 from 0 for 48387',
  'h263_15fps.3gp': 'mp4 | h263 yuv420p 176x144 | 176x144 | 15 at 15/1 constant | bt601? limited',
  'h264_10bit.mp4': 'mp4 | h264 yuv420p10le 200x200 | 200x200 | 30 at 30/1 constant | bt601? limited',
  'h265_bframes.mp4': 'mp4 | hevc yuv420p 854x480 | 854x480 | 30 at 30/1 constant | bt601? limited',
  'hlg10_colorchecker.mp4':
    'mp4 | hevc yuv420p10le 1920x1080 | 1920x1080 | 9 at 30/1 constant | bt2020 limited arib-std-b67 | aac 2ch 48000 from 0 for 13862',
  'iphone_dolbyvision_hlg_rot90.mov':
    'mov | hevc yuv420p10le 1280x720 turn 90 | 720x1280 | 4 at 30/1 constant | bt2020 limited arib-std-b67 | aac 2ch 44100 from 0 for 4631',
  'long_6min_1080p_black_lowbitrate.mp4':
    'mp4 | h264 yuv420p 1920x1080 | 1920x1080 | 100 at 30/1 constant | bt709? limited | aac 2ch 48000 from 0 for 158688',
  'nasa_2video_2audio_subs.mp4':
    'mp4 | h264 yuv420p 320x180 | 320x180 | 27 at 25/1 constant | bt709 limited | aac 2ch 8000 from 0 for 8192',
  'phone_h265_data_track_first_rot90.mp4':
    'mp4 | hevc yuv420p 1920x1080 turn 90 | 1080x1920 | 3 at 30000/1001 constant | bt601 full | aac 2ch 48000 from 0 for 3875',
  'phone_hdr10_pq_vfr_1080p.mp4':
    'mp4 | hevc yuv420p10le 1920x1080 | 1920x1080 | 20 at 30/1 variable | bt2020 limited smpte2084 | aac 2ch 48000 from 0 for 30720',
  'phone_portrait_4k60_rot90_fullrange.mp4':
    'mp4 | h264 yuv420p 3840x2160 turn 90 | 2160x3840 | 3 at 60/1 constant | bt601 full | aac 2ch 48000 from 0 for 2716',
  'photo_exif_1.jpg': 'jpeg_pipe | mjpeg yuv420p 90x62 | 90x62 | still | bt601 full',
  'photo_exif_2.jpg': 'jpeg_pipe | mjpeg yuv420p 90x62 mirrored | 90x62 | still | bt601 full',
  'photo_exif_3.jpg': 'jpeg_pipe | mjpeg yuv420p 90x62 turn 180 | 90x62 | still | bt601 full',
  'photo_exif_4.jpg': 'jpeg_pipe | mjpeg yuv420p 90x62 turn 180 mirrored | 90x62 | still | bt601 full',
  'photo_exif_5.jpg': 'jpeg_pipe | mjpeg yuv420p 62x90 turn 90 mirrored | 90x62 | still | bt601 full',
  'photo_exif_6.jpg': 'jpeg_pipe | mjpeg yuv420p 62x90 turn 90 | 90x62 | still | bt601 full',
  'photo_exif_7.jpg': 'jpeg_pipe | mjpeg yuv420p 62x90 turn 270 mirrored | 90x62 | still | bt601 full',
  'photo_exif_8.jpg': 'jpeg_pipe | mjpeg yuv420p 62x90 turn 270 | 90x62 | still | bt601 full',
  'srgb_transfer.mp4':
    'mp4 | h264 yuv420p 1080x720 | 1080x720 | 30 at 30000/1001 constant | bt709 limited | aac 1ch 44100 from 1896 for 47976',
  'stream_of_water_480x360.mp4':
    'mp4 | h264 yuv420p 480x360 | 480x360 | 90 at 30000/1001 constant | bt601 limited | aac 1ch 44100 from 0 for 139264',
  'testpattern_bt709_full_range.mp4': 'mp4 | h264 yuv420p 1280x720 | 1280x720 | 12 at 30/1 constant | bt709 full',
  'vp9_odd_161x121.webm': 'webm | vp9 yuv420p 161x121 | 161x121 | 30 at 30000/1001 constant | bt601? limited',
  'vp9_profile2_10bit_bt2020.webm':
    'matroska | vp9 yuv420p10le 426x240 | 426x240 | 72 at 24000/1001 constant | bt2020 limited',
  'vvc_unsupported_codec.mp4': 'vvc_unsupported_codec.mp4 is coded as VVC (H.266), which Shotloom cannot decode',
};

const folder = join(import.meta.dirname, '../fixtures/media');

for (const [name, said] of Object.entries(table)) {
  test.concurrent(`${name} plays as it was recorded, and is exported so`, async () => {
    expect(await examine(join(folder, name))).toMatchObject({ name, said, faults: [] });
  });
}

test('the table has every file there is', () => {
  expect(readdirSync(folder).filter((name) => name !== 'LICENSES.md')).toEqual(Object.keys(table).sort());
});
