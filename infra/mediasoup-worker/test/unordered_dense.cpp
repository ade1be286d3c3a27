// Does the same things to the overlay's containers and to the standard ones, and fails where they differ.
#include <ankerl/unordered_dense.h>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#define CHECK(condition)                                                                        \
  do {                                                                                          \
    if (!(condition)) {                                                                         \
      std::fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                      \
      std::exit(1);                                                                             \
    }                                                                                           \
  } while (false)

// All keys collide, or all of those that agree in the lower bits.
struct SameHash {
  size_t operator()(uint32_t) const { return 7; }
};
struct CoarseHash {
  size_t operator()(uint32_t key) const { return key & 3u; }
};

template<typename Map, typename Reference>
void expectSame(Map& map, const Reference& reference) {
  CHECK(map.size() == reference.size());
  CHECK(map.empty() == reference.empty());
  size_t walked{ 0 };
  for (const auto& [key, value] : map) {
    const auto it = reference.find(key);
    CHECK(it != reference.end() && it->second == value);
    CHECK(std::as_const(map).find(key)->second == value);
    ++walked;
  }
  CHECK(walked == reference.size());
}

template<typename Map, typename MakeKey>
void likeTheStandard(uint32_t seed, uint32_t keys, MakeKey makeKey) {
  std::mt19937 random(seed);
  Map map;
  std::unordered_map<typename Map::key_type, std::string> reference;
  for (int step = 0; step < 6000; ++step) {
    // Grows in one half of the time and shrinks in the other, to pass both borders of the index often.
    const bool growing = (step / 500) % 2 == 0;
    const auto key     = makeKey(random() % keys);
    const auto value   = std::to_string(step);
    switch (random() % 8) {
      case 0:
        CHECK(map.emplace(key, value).second == reference.emplace(key, value).second);
        break;
      case 1:
        CHECK(map.try_emplace(key, value).second == reference.try_emplace(key, value).second);
        break;
      case 2:
        if (growing) map[key] = reference[key] = value;
        break;
      case 3:
        CHECK(map.contains(key) == reference.contains(key));
        break;
      case 4: {
        const auto it = map.find(key);
        CHECK((it == map.end()) == !reference.contains(key));
        if (it == map.end()) break;
        const auto offset = it - map.begin();
        const auto next = map.erase(it);
        CHECK(next - map.begin() == offset);
        reference.erase(key);
        break;
      }
      default:
        if (!growing) CHECK(map.erase(key) == reference.erase(key));
        break;
    }
    if (random() % 1000 == 0) {
      map.clear();
      reference.clear();
    }
    if (random() % 500 == 0) {
      Map copy(map);
      Map moved(std::move(map));
      expectSame(moved, reference);
      map = random() % 2 == 0 ? std::move(moved) : copy;
    }
    if (step % 10 == 0) expectSame(map, reference);
  }
  // Erasing while walking visits each element once.
  for (auto it = map.begin(); it != map.end();) {
    if (it->second.back() % 2 == 0) {
      reference.erase(it->first);
      it = map.erase(it);
    } else {
      ++it;
    }
  }
  expectSame(map, reference);
}

int main() {
  using namespace ankerl::unordered_dense;
  const auto number = [](uint32_t n) { return n * 65536u; };
  for (const uint32_t keys : { 4u, 12u, 40u, 3000u }) {
    likeTheStandard<map<uint32_t, std::string>>(keys, keys, number);
    likeTheStandard<map<uint32_t, std::string, SameHash>>(keys, std::min(keys, 100u), number);
    likeTheStandard<map<uint32_t, std::string, CoarseHash>>(keys, std::min(keys, 100u), [](uint32_t n) { return n; });
    likeTheStandard<map<std::string, std::string>>(keys, keys, [](uint32_t n) { return "a key that is no short one " + std::to_string(n); });
  }

  // Another element takes the place of the erased one, and none of them is missed or seen twice.
  set<int> numbers{ 1, 2, 3, 3, 2, 1 };
  CHECK(numbers.size() == 3);
  for (int n = 0; n < 100; ++n) numbers.insert(n);
  std::vector<int> seen;
  for (auto it = numbers.begin(); it != numbers.end();) {
    seen.push_back(*it);
    it = *it % 3 == 0 ? numbers.erase(it) : it + 1;
  }
  CHECK(seen.size() == 100 && std::unordered_set<int>(seen.begin(), seen.end()).size() == 100);
  CHECK(numbers.size() == 66 && !numbers.contains(33) && numbers.contains(34));

  // A key that lies in the container itself.
  map<std::string, int> byName{ { "one", 1 }, { "two", 2 }, { "one", 3 } };
  CHECK(byName.size() == 2 && byName.at("one") == 1);
  CHECK(byName.erase(byName.begin()->first) == 1 && byName.size() == 1 && byName.contains("two"));
  bool thrown{ false };
  try {
    byName.at("one");
  } catch (const std::out_of_range&) {
    thrown = true;
  }
  CHECK(thrown);
  return 0;
}
