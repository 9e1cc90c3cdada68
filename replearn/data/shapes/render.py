"""From scenes to pictures: sphere tracing (Hart 1996), inside each solid's bounding sphere."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from replearn.data.shapes.march import closest_approach, in_axes, march, normals
from replearn.data.shapes.scenes import Scenes
from replearn.data.shapes.solids import BOUND, DISTANCES, depth_below
from replearn.data.shapes.surfaces import backdrop_colour, floor_colour, painted

HALF_VIEW = 0.42  # tangent of half the angle of view
WALL = -2.3  # where the backdrop stands
CHUNK = 128  # scenes at a time: what one pass touches stays near the processor


@dataclass(frozen=True, eq=False)
class Rendered:
    """Pictures and where their objects are.

    Attributes:
        pictures: (n, 3, side, side), uint8.
        masks: (n, k, side, side), how much of a pixel shows object k, from 0 to 1.
        floor: (n, side, side), where the floor lies, objects on it or not; elsewhere the backdrop.
    """

    pictures: Tensor
    masks: Tensor
    floor: Tensor


def render(scenes: Scenes, side: int = 64, device: str = "cpu") -> Tensor:
    """Return pictures, (n, 3, side, side), uint8.

    Example:
        >>> render(draw(World(), np.arange(4))).shape
        torch.Size([4, 3, 64, 64])
    """
    return render_with_masks(scenes, side, device).pictures


def render_with_masks(scenes: Scenes, side: int = 64, device: str = "cpu") -> Rendered:
    """Return pictures and the objects' masks."""
    pictures, masks, floors = [], [], []
    with torch.inference_mode():
        # scenes are independent, and equal solids share their passes: chunks don't change a pixel
        for start in range(0, len(scenes), CHUNK):
            image, mask, floor = _chunk(scenes.take(slice(start, start + CHUNK)), side, device)
            pictures.append(image)
            masks.append(mask)
            floors.append(floor)
    return Rendered(*(torch.cat(parts).clone() for parts in (pictures, masks, floors)))


@dataclass(frozen=True, eq=False)
class _View:
    """Rays of a chunk: `eye` (n, 3), `rays` (n, 3, pixels), unit length."""

    eye: Tensor
    rays: Tensor


@dataclass(frozen=True, eq=False)
class _Objects:
    """Objects of a chunk, one row each, (n * k): `turn` takes the solid's axes to the world's."""

    scene: Tensor
    solid: Tensor
    colour: Tensor
    texture: Tensor
    phase: Tensor
    radius: Tensor
    centre: Tensor  # (n * k, 3)
    turn: Tensor  # (n * k, 3, 3)


def _chunk(scenes: Scenes, side: int, device: str) -> tuple[Tensor, Tensor, Tensor]:
    def on(values: npt.NDArray[np.generic]) -> Tensor:
        return torch.from_numpy(np.ascontiguousarray(values)).to(device)

    count, k = scenes.solid.shape
    view = _view(scenes, side, on)
    objects = _objects(scenes, on)
    light = _light(on(scenes.light_azimuth), on(scenes.light_elevation))  # (n, 3)
    ambient, brightness = on(scenes.ambient), on(scenes.brightness)
    colours, ground = _background(scenes, view, on)  # (n, pixels, 3), (n, 2, pixels)
    shadow = _shadows(objects, ground, light, count)  # (n, pixels)
    strength = ambient[:, None] + (1 - ambient)[:, None] * (1 - shadow)
    lit_floor = strength * brightness[:, None]
    on_floor = ground[:, 0].isfinite()
    # the backdrop shines by itself, dimmed by half of what the lamp is dimmed
    behind = (0.5 + 0.5 * brightness)[:, None].expand_as(lit_floor)
    colours *= torch.where(on_floor, lit_floor, behind)[..., None]
    masks = torch.zeros(count, k, side * side, device=device)
    depth = torch.full((count, side * side), torch.inf, device=device)
    for j in range(k):
        rows = torch.arange(j, count * k, k, device=device)
        _paint_objects(objects, rows, view, (light, ambient, brightness), colours, masks, depth, j)
    image = (colours.clamp_(0, 1) * 255).round_().to(torch.uint8)
    return (
        image.permute(0, 2, 1).reshape(count, 3, side, side),
        masks.reshape(count, k, side, side),
        on_floor.reshape(count, side, side),
    )


def _view(scenes: Scenes, side: int, on) -> _View:  # type: ignore[no-untyped-def]
    elevation = torch.deg2rad(on(scenes.camera_elevation))
    distance = on(scenes.camera_distance)
    roll = torch.deg2rad(on(scenes.roll))
    zero = torch.zeros_like(elevation)
    backward = torch.stack([zero, elevation.sin(), elevation.cos()], 1)  # from target to eye
    right = torch.tensor((1.0, 0.0, 0.0), device=elevation.device).expand_as(backward)
    up = torch.stack([zero, elevation.cos(), -elevation.sin()], 1)
    eye = backward * distance[:, None] + torch.tensor((0.0, 0.62, 0.0), device=elevation.device)
    right, up = (
        right * roll.cos()[:, None] + up * roll.sin()[:, None],
        up * roll.cos()[:, None] - right * roll.sin()[:, None],
    )
    steps = ((torch.arange(side, device=eye.device) + 0.5) / side * 2 - 1) * HALF_VIEW
    down, across = torch.meshgrid(-steps, steps, indexing="ij")
    flat = torch.stack([across.reshape(-1), down.reshape(-1), torch.ones(side * side)])
    rays = torch.stack([right, up, -backward], 2) @ flat.to(eye.device)  # (n, 3, pixels)
    return _View(eye, rays / rays.square().sum(1, keepdim=True).sqrt())


def _objects(scenes: Scenes, on) -> _Objects:  # type: ignore[no-untyped-def]
    def each(values: npt.NDArray[np.generic]) -> Tensor:
        flat: Tensor = on(values).reshape(-1)
        return flat

    count, k = scenes.solid.shape
    solid, radius = each(scenes.solid), each(scenes.radius)
    turn = _turn(*(torch.deg2rad(each(v)) for v in (scenes.yaw, scenes.tilt, scenes.tilt_towards)))
    # what is down in the world, in the solid's axes: the solid rests on the floor
    height = depth_below(solid, -turn[:, 1]) * radius
    return _Objects(
        scene=torch.arange(count, device=radius.device).repeat_interleave(k),
        solid=solid,
        colour=each(scenes.colour),
        texture=each(scenes.texture),
        phase=each(scenes.phase),
        radius=radius,
        centre=torch.stack([each(scenes.x), height, each(scenes.z)], 1),
        turn=turn,
    )


def _turn(yaw: Tensor, tilt: Tensor, towards: Tensor) -> Tensor:
    """Return rotations, (n, 3, 3): by `yaw` about the upright axis, then a lean (Rodrigues)."""
    zero, one = torch.zeros_like(yaw), torch.ones_like(yaw)
    about = torch.stack(
        [
            torch.stack([yaw.cos(), zero, yaw.sin()], 1),
            torch.stack([zero, one, zero], 1),
            torch.stack([-yaw.sin(), zero, yaw.cos()], 1),
        ],
        1,
    )
    ax, az = towards.cos(), towards.sin()  # a horizontal axis
    cross = torch.stack(
        [
            torch.stack([zero, -az, zero], 1),
            torch.stack([az, zero, -ax], 1),
            torch.stack([zero, ax, zero], 1),
        ],
        1,
    )
    sine, versine = tilt.sin()[:, None, None], (1 - tilt.cos())[:, None, None]
    lean = torch.eye(3, device=yaw.device) + sine * cross + versine * (cross @ cross)
    return lean @ about


def _light(azimuth: Tensor, elevation: Tensor) -> Tensor:
    """Return unit vectors towards the lamp, (n, 3)."""
    a, e = torch.deg2rad(azimuth), torch.deg2rad(elevation)
    return torch.stack([a.cos() * e.cos(), e.sin(), a.sin() * e.cos()], 1)


def _background(scenes: Scenes, view: _View, on) -> tuple[Tensor, Tensor]:  # type: ignore[no-untyped-def]
    """Return unlit colours, (n, pixels, 3), and the floor's points (x, z), inf elsewhere."""
    right, up, forward = view.rays.unbind(1)  # (n, pixels) each
    eye = view.eye[:, :, None]
    to_floor = -eye[:, 1] / up.clamp(max=-1e-4)
    x, z = eye[:, 0] + to_floor * right, eye[:, 2] + to_floor * forward
    on_floor = (up < -1e-4) & (z > WALL)
    to_wall = (WALL - eye[:, 2]) / forward.clamp(max=-1e-4)
    high = (eye[:, 1] + to_wall * up).clamp(0, 8)
    colours = torch.where(
        on_floor[..., None],
        floor_colour(on(scenes.floor), on(scenes.floor_turn), x.clamp(-9, 9), z.clamp(WALL, 9)),
        backdrop_colour(on(scenes.backdrop), (to_wall * right).clamp(-9, 9), high),
    )
    ground = torch.stack([x, z], 1).masked_fill(~on_floor[:, None], torch.inf)
    return colours, ground


def _shadows(objects: _Objects, ground: Tensor, light: Tensor, count: int) -> Tensor:
    """Return how much of the lamp the objects keep from the floor, (n, pixels), 0 to 1."""
    shadow = torch.zeros(count, ground.shape[2], device=ground.device)
    for solid, distance in enumerate(DISTANCES):
        rows = (objects.solid == solid).nonzero()[:, 0]
        if not len(rows):
            continue
        scene = objects.scene[rows]
        centre, radius = objects.centre[rows], objects.radius[rows]
        towards = light[scene]  # (m, 3)
        offset = torch.stack(
            [
                ground[scene, 0] - centre[:, :1],
                -centre[:, 1:2].expand(-1, ground.shape[2]),
                ground[scene, 1] - centre[:, 2:],
            ],
            1,
        )  # (m, 3, pixels)
        along = -(offset * towards[:, :, None]).sum(1)
        closest = offset.square().sum(1) - along.square()
        reach = (BOUND * radius).square()[:, None]
        found = ((closest < reach) & (along > -radius[:, None])).nonzero()  # inf and nan stay out
        if not len(found):
            continue
        which, pixel = found.unbind(1)
        scale = 1 / radius[which]
        turn = objects.turn[rows][which]  # (rays, 3, 3)
        start = in_axes(offset[which, :, pixel] * scale[:, None], turn)
        ray = in_axes(towards[which], turn)
        chord = (reach[which, 0] - closest[which, pixel]).sqrt() * scale
        middle = along[which, pixel] * scale
        first = (middle - chord).clamp(min=0.02)
        nearest = closest_approach(distance, start, ray, first, middle + chord)
        covered = (1 - nearest / 0.06).clamp(0, 1)
        places = (scene[which], pixel)
        shadow[places] = torch.maximum(shadow[places], covered)
    return shadow


def _paint_objects(  # type: ignore[no-untyped-def]
    objects: _Objects, every: Tensor, view: _View, lamp, colours, masks, depth, j: int
) -> None:
    """Paint object j of every scene over what is there, where it is nearer; in place."""
    light, ambient, brightness = lamp
    pixel_width = 2 * HALF_VIEW / colours.shape[1] ** 0.5
    for solid, distance in enumerate(DISTANCES):
        rows = every[objects.solid[every] == solid]
        if not len(rows):
            continue
        scene, centre, radius = objects.scene[rows], objects.centre[rows], objects.radius[rows]
        away = view.eye[scene] - centre  # (m, 3)
        along = -(view.rays[scene] * away[:, :, None]).sum(1)  # (m, pixels)
        closest = away.square().sum(1)[:, None] - along.square()
        reach = (BOUND * radius).square()[:, None]
        which, pixel = (closest < reach).nonzero().unbind(1)
        scale = 1 / radius[which]
        turn = objects.turn[rows][which]
        start = in_axes(away[which] * scale[:, None], turn)
        ray = in_axes(view.rays[scene][which, :, pixel], turn)
        chord = (reach[which, 0] - closest[which, pixel]).sqrt() * scale
        middle = along[which, pixel] * scale
        t, d = march(distance, start, ray, middle - chord, middle + chord)
        cover = (1 - d / (pixel_width * t)).clamp(0, 1)
        world_t = t * radius[which]
        at = scene[which]
        shown = ((cover > 0) & (world_t < depth[at, pixel])).nonzero()[:, 0]
        point = [s[shown] + t[shown] * r[shown] for s, r in zip(start, ray, strict=True)]
        normal = normals(distance, point)
        which, pixel, at = which[shown], pixel[shown], at[shown]
        lamp_here = in_axes(light[at], turn[shown])
        facing = sum(n * v for n, v in zip(normal, lamp_here, strict=True)).clamp(min=0)  # type: ignore[union-attr]
        lit = (ambient[at] + (1 - ambient[at]) * facing * 1.15) * brightness[at]
        row = rows[which]
        paint = painted(objects.colour[row], objects.texture[row], objects.phase[row], *point)
        alpha = cover[shown][:, None]
        colours[at, pixel] = colours[at, pixel] * (1 - alpha) + paint * lit[:, None] * alpha
        masks[at, :, pixel] *= 1 - alpha
        masks[at, j, pixel] = cover[shown]
        depth[at, pixel] = torch.where(cover[shown] > 0.5, world_t[shown], depth[at, pixel])
